import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { ALARM_LIMITS } from '../../../transforms/alarms/limits.js';
import {
  credibleReading,
  PatientAlarms,
  type Alarm,
  type AlarmReading,
} from '../../../transforms/alarms/patient-alarms.js';
import { INSTANT, RULE_SETS, STANDARD, WARD } from '../../../transforms/alarms/rule-sets.js';
import type { AlarmRuleSet } from '../../../transforms/alarms/alarm-rule.js';
import { ALERT_RULES } from '../../../transforms/clinical/alert-rules.js';
import { aScoredReading, NOON } from '../a-reading.js';

function alarmsOf(readings: readonly Partial<AlarmReading>[], set: AlarmRuleSet): Alarm[] {
  const alarms: Alarm[] = [];
  const patient = new PatientAlarms('p1', set, (alarm) => alarms.push(alarm));
  readings.forEach((differs, index) =>
    patient.observe(credibleReading({ ...aScoredReading(), event_time: NOON + index * 5_000, ...differs })),
  );
  patient.finish();
  return alarms;
}

const times = (count: number, reading: Partial<AlarmReading>) => Array.from({ length: count }, () => reading);
const names = (alarms: readonly Alarm[]) => alarms.map(({ rule }) => rule.name);

describe('the sets of rules', () => {
  test('share their limits and differ in timing alone', () => {
    for (const set of RULE_SETS) {
      expect(set.rules.map((rule) => [rule.name, rule.raiseAt])).toEqual(
        Object.values(ALARM_LIMITS).map((limit) => [limit.name, limit.raiseAt]),
      );
    }
  });

  test('each is quieter than the one before, rule by rule', () => {
    for (const [louder, quieter] of [
      [INSTANT, STANDARD],
      [STANDARD, WARD],
    ] as const) {
      louder.rules.forEach((rule, index) => {
        const other = quieter.rules[index] as typeof rule;
        expect([other.name, other.delaySeconds >= rule.delaySeconds]).toEqual([rule.name, true]);
        expect(other.rearmSeconds).toBeGreaterThanOrEqual(rule.rearmSeconds);
      });
    }
  });

  test('end an alarm on the safe side of where they raise it', () => {
    for (const rule of RULE_SETS.flatMap((set) => set.rules)) {
      const safe = rule.side === 'above' ? rule.clearAt < rule.raiseAt : rule.clearAt > rule.raiseAt;
      expect([rule.name, safe]).toEqual([rule.name, true]);
    }
  });

  test('raise where the alert rules do, but for the saturation, and for a heart rate of 0 among the slow ones', () => {
    for (const rule of STANDARD.rules) {
      const alert = ALERT_RULES.find(({ name }) => name === rule.name)?.anyOf[0];
      if (alert === undefined || rule.field === 'spo2') continue;
      const limit = (rule.side === 'above' ? alert.from : alert.to) as number;
      const step = rule.field === 'temperature' ? 0.05 : 0;
      expect([rule.name, Math.abs(limit - rule.raiseAt) <= step + 1e-9]).toEqual([rule.name, true]);
    }
  });
});

describe('alarms of a patient', () => {
  test('the instant set raises at one value, the standard one after its delay, the ward after minutes', () => {
    const low = times(4, { spo2: 85 });
    expect(names(alarmsOf([{ spo2: 85 }], INSTANT))).toEqual(['hypoxaemia']);
    expect(names(alarmsOf(low.slice(1), STANDARD))).toEqual([]);
    expect(names(alarmsOf(low, STANDARD))).toEqual(['hypoxaemia']);
    expect(names(alarmsOf(times(120, { spo2: 85 }), WARD))).toEqual([]);
    expect(names(alarmsOf(times(121, { spo2: 85 }), WARD))).toEqual(['hypoxaemia']);
  });

  test('asystole waits for nothing in any set, and not while a lead is off', () => {
    for (const set of RULE_SETS) {
      expect(names(alarmsOf([{ heart_rate: 0, flags: '{"heart_rate":["ASYSTOLE"]}' }], set))).toContain('asystole');
      expect(alarmsOf([{ heart_rate: null, flags: '{"heart_rate":["PROBE_OFF"]}' }], set)).toEqual([]);
    }
  });

  test('a vital whose sensor is in doubt neither raises nor ends', () => {
    const zero = { spo2: 0, flags: '{"spo2":["ZERO"]}' };
    expect(alarmsOf(times(20, zero), STANDARD)).toEqual([]);
    const [alarm] = alarmsOf([...times(4, { spo2: 85 }), ...times(8, zero)], STANDARD);
    expect([alarm?.endedAt, alarm?.worst]).toEqual([null, 85]);
  });

  test('limits of NEWS2’s chart are not for whom NEWS2 does not apply to; the others are', () => {
    const child = { heart_rate: 150, spo2: 80, news2_low: null };
    expect(names(alarmsOf([child], INSTANT))).toEqual(['hypoxaemia']);
    expect(names(alarmsOf([{ ...child, news2_low: 5 }], INSTANT)).sort()).toEqual(['hypoxaemia', 'tachycardia']);
  });

  test('temperatures count as the chart rounds them', () => {
    expect(names(alarmsOf([{ temperature: 39.05 }], INSTANT))).toEqual(['high_fever']);
    expect(alarmsOf([{ temperature: 39.04 }, { temperature: 35.05 }], INSTANT)).toEqual([]);
    expect(names(alarmsOf([{ temperature: 35.04 }], INSTANT))).toEqual(['hypothermia']);
  });

  test('an alarm’s id depends on patient, rule, set, version and onset alone', () => {
    const [first] = alarmsOf(times(4, { spo2: 85 }), STANDARD);
    const [again] = alarmsOf(times(9, { spo2: 84 }), STANDARD);
    const text = `p1|hypoxaemia|standard|1|${NOON}`;
    expect(first?.alarm_id).toBe(createHash('sha256').update(text).digest('base64url').slice(0, 22));
    expect(again?.alarm_id).toBe(first?.alarm_id);
    expect(alarmsOf([{ spo2: 85 }], INSTANT)[0]?.alarm_id).not.toBe(first?.alarm_id);
  });
});
