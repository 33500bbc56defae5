import { describe, expect, test } from '@jest/globals';
import { AlarmMachine, type AlarmSpan } from '../../../transforms/alarms/alarm-machine.js';
import type { AlarmRule } from '../../../transforms/alarms/alarm-rule.js';

const RULE: AlarmRule = {
  name: 'hypoxaemia',
  severity: 'urgent',
  field: 'spo2',
  side: 'below',
  raiseAt: 87,
  clearAt: 90,
  delaySeconds: 15,
  clearSeconds: 30,
  rearmSeconds: 60,
  gapSeconds: 120,
  appliesTo: 'everyone',
};

/** Alarms over values by second, `null` is missing; times in seconds. */
function alarmsOf(
  values: readonly (readonly [second: number, value: number | null])[],
  change: Partial<AlarmRule> = {},
) {
  const spans: AlarmSpan[] = [];
  const machine = new AlarmMachine({ ...RULE, ...change }, (span) => spans.push(span));
  for (const [second, value] of values) machine.observe(second * 1000, value ?? NaN);
  machine.finish();
  return spans.map(({ onset, raisedAt, endedAt, ending, worst }) => [
    onset / 1000,
    raisedAt / 1000,
    endedAt === null ? null : endedAt / 1000,
    ending,
    worst,
  ]);
}

/** A value every 5 s from second 0. */
function every5(...values: (number | null)[]): [number, number | null][] {
  return values.map((value, index) => [index * 5, value]);
}

describe('delay', () => {
  test('an alarm is raised when every value of the delay was beyond the limit, and knows when that began', () => {
    expect(alarmsOf(every5(95, 87, 80, 85, 86))).toEqual([[5, 20, null, null, 80]]);
  });

  test('one that is not beyond begins the delay anew, also between the limits', () => {
    expect(alarmsOf(every5(86, 86, 86, 88, 86, 86, 86))).toEqual([]);
    expect(alarmsOf(every5(86, 86, 86, 88, 86, 86, 86, 86))).toEqual([[20, 35, null, null, 86]]);
  });

  test('without a delay one value is enough', () => {
    expect(alarmsOf(every5(95, 87), { delaySeconds: 0 })).toEqual([[5, 5, null, null, 87]]);
    expect(alarmsOf(every5(95, 88), { delaySeconds: 0 })).toEqual([]);
  });

  test('at one value a minute a delay of 15 s takes two', () => {
    expect(
      alarmsOf([
        [0, 80],
        [60, 80],
      ]),
    ).toEqual([[0, 60, null, null, 80]]);
  });
});

describe('hysteresis', () => {
  test('between the limits an alarm stays on, whatever comes', () => {
    expect(alarmsOf(every5(86, 86, 86, 86, 88, 89, 89, 89, 89, 89, 89, 89, 89))).toEqual([[0, 15, null, null, 86]]);
  });

  test('it clears when every value of the clearing time was safe', () => {
    expect(alarmsOf(every5(86, 86, 86, 86, 90, 91, 95, 95, 95, 95, 95))).toEqual([[0, 15, 50, 'cleared', 86]]);
    expect(alarmsOf(every5(86, 86, 86, 86, 90, 91, 95, 89, 95, 95, 95))).toEqual([[0, 15, null, null, 86]]);
  });

  test('above works as below does', () => {
    const high = { side: 'above', raiseAt: 131, clearAt: 125 } as const;
    expect(alarmsOf(every5(131, 140, 150, 135, 126, 125, 120, 120, 120, 120, 120, 120), high)).toEqual([
      [0, 15, 55, 'cleared', 150],
    ]);
  });
});

describe('re-arm', () => {
  const dip = [86, 86, 86, 86, 95, 95, 95, 95, 95, 95, 95];
  const cleared = (seconds: number) => Array.from({ length: seconds / 5 }, () => 95);

  test('what is raised again up to its time after the end is the same alarm, worst of all', () => {
    // Cleared at 50, raised again at 110: 60 s later.
    expect(alarmsOf(every5(...dip, ...cleared(40), 80, 80, 80, 80))).toEqual([[0, 15, null, null, 80]]);
  });

  test('after its time it is another', () => {
    expect(alarmsOf(every5(...dip, ...cleared(45), 80, 80, 80, 80))).toEqual([
      [0, 15, 50, 'cleared', 86],
      [100, 115, null, null, 80],
    ]);
  });

  test('what dips in between without being raised does not count, unless the alarm comes back', () => {
    const between = [95, 70, 95, 95];
    expect(alarmsOf(every5(...dip, ...between, ...cleared(60)))).toEqual([[0, 15, 50, 'cleared', 86]]);
    expect(alarmsOf(every5(...dip, ...between, ...cleared(20), 80, 80, 80, 80))).toEqual([[0, 15, null, null, 70]]);
  });
});

describe('missing values', () => {
  test('neither raise, nor clear, nor begin anything anew', () => {
    expect(alarmsOf(every5(86, null, null, 86))).toEqual([[0, 15, null, null, 86]]);
    expect(alarmsOf(every5(86, 86, 86, 86, null, null, null, null, null, null, null, null))).toHaveLength(1);
    expect(alarmsOf(every5(86, 86, 86, 86, null, null, null, null, null, null, null, null))[0]?.[2]).toBeNull();
  });

  test('for longer than the gap lose the alarm, at the last value', () => {
    expect(
      alarmsOf([
        [0, 86],
        [15, 86],
        [135, 86],
      ]),
    ).toEqual([[0, 15, null, null, 86]]);
    expect(
      alarmsOf([
        [0, 86],
        [15, 86],
        [136, null],
      ]),
    ).toEqual([[0, 15, 15, 'lost', 86]]);
    expect(
      alarmsOf([
        [0, 86],
        [15, 86],
        [136, 95],
      ]),
    ).toEqual([[0, 15, 15, 'lost', 86]]);
  });

  test('for longer than the gap forget what was pending', () => {
    expect(
      alarmsOf([
        [0, 86],
        [121, 86],
      ]),
    ).toEqual([]);
    expect(
      alarmsOf([
        [0, 86],
        [120, 86],
      ]),
    ).toEqual([[0, 120, null, null, 86]]);
  });

  test('an alarm that was lost comes back as the same within its re-arm time', () => {
    expect(
      alarmsOf(
        [
          [0, 86],
          [15, 86],
          [150, 86],
          [165, 86],
        ],
        { rearmSeconds: 150 },
      ),
    ).toEqual([[0, 15, null, null, 86]]);
    expect(
      alarmsOf(
        [
          [0, 86],
          [15, 86],
          [150, 86],
          [166, 86],
        ],
        { rearmSeconds: 150 },
      ),
    ).toHaveLength(2);
  });
});
