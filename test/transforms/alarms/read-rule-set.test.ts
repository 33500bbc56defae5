import { describe, expect, test } from '@jest/globals';
import { readRuleSet } from '../../../transforms/alarms/read-rule-set.js';

const RULE = { name: 'low_spo2', severity: 'urgent', field: 'spo2', side: 'below', raise_at: 85, clear_at: 88 };
const read = (set: unknown) => readRuleSet(JSON.stringify(set), 'night.json');
const withRule = (change: object) => read({ name: 'night', rules: [{ ...RULE, ...change }] });

describe('a set of rules of one’s own', () => {
  test('has no delay, no re-arm and a gap of 5 minutes where it does not say', () => {
    expect(read({ name: 'night', rules: [RULE] })).toEqual({
      name: 'night',
      version: '1',
      rules: [
        {
          name: 'low_spo2',
          severity: 'urgent',
          field: 'spo2',
          side: 'below',
          raiseAt: 85,
          clearAt: 88,
          delaySeconds: 0,
          clearSeconds: 0,
          rearmSeconds: 0,
          gapSeconds: 300,
          appliesTo: 'everyone',
        },
      ],
    });
  });

  test('says all that a rule has', () => {
    const timing = { delay_seconds: 20, clear_seconds: 30, rearm_seconds: 600, gap_seconds: 60, applies_to: 'news2' };
    expect(withRule(timing).rules[0]).toMatchObject({
      delaySeconds: 20,
      clearSeconds: 30,
      rearmSeconds: 600,
      gapSeconds: 60,
      appliesTo: 'news2',
    });
  });

  test.each<[string, () => unknown, RegExp]>([
    ['no JSON', () => readRuleSet('{', 'night.json'), /--rules: night\.json is no JSON/],
    ['no object', () => read([]), /night\.json is \[\]\. Give an object/],
    ['no rules', () => read({ name: 'night', rules: [] }), /rules is \[\]\. Give a list of at least one rule/],
    ['no name', () => read({ rules: [RULE] }), /name is missing\. Use small letters/],
    ['an unknown field of the set', () => read({ name: 'n', rule: [] }), /rule is \[\]\. Known fields: name, version/],
    [
      'an unknown field of a rule',
      () => withRule({ delay: 5 }),
      /rules\[0\]: delay is 5\. Known fields: .*delay_seconds/,
    ],
    [
      'a severity that is none',
      () => withRule({ severity: 'high' }),
      /severity is "high"\. One of: warning, urgent, critical/,
    ],
    ['a field that is none', () => withRule({ field: 'pulse' }), /field is "pulse"\. One of: heart_rate/],
    ['no side', () => withRule({ side: undefined }), /side is missing\. One of: above, below/],
    ['a limit that is text', () => withRule({ raise_at: '85' }), /raise_at is "85"\. Give a number/],
    [
      'a limit to clear on the wrong side',
      () => withRule({ clear_at: 85 }),
      /clear_at is 85\. .*give a greater number/,
    ],
    ['the same above', () => withRule({ side: 'above', clear_at: 85 }), /clear_at is 85\. .*give a lesser number/],
    ['a negative delay', () => withRule({ delay_seconds: -1 }), /delay_seconds is -1\. Give seconds from 0 to 604800/],
    ['a rule named twice', () => read({ name: 'n', rules: [RULE, RULE] }), /name is "low_spo2"\. Name every rule once/],
  ])('is refused with %s, naming the field and what would be right', (_, reading, message) => {
    expect(reading).toThrow(message);
  });
});
