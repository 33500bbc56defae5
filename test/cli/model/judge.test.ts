import { describe, expect, test } from '@jest/globals';
import { judge } from '../../../cli/retraining/judge.js';
import { differenceOf } from '../../../model/evaluation/difference.js';

const TERMS = { measure: 'auc', margin: 0.01, falseAlarms: 0.5 } as const;
const NO_SILVER = { patientDays: 0, candidate: null, champion: null, difference: null };
const found = (low: number, high: number) => ({
  ...{ candidate: 0.9, champion: 0.9 - (low + high) / 2 },
  difference: { estimate: (low + high) / 2, low, high },
});
const alarms = (candidate: number, low: number) => ({
  ...{ patientDays: 40, candidate, champion: 0.3 },
  difference: { estimate: candidate - 0.3, low, high: 2 },
});

describe('a candidate', () => {
  test('is not worse where the whole interval of the difference is above the margin', () => {
    const { isWorse, reason } = judge(found(-0.009, 0.02), NO_SILVER, TERMS);
    expect(isWorse).toBe(false);
    expect(reason).toMatch(/^not worse: AUC 0\.900, .*from -0\.009 to 0\.020\), margin 0\.01.*no quiet day of silver/);
  });

  test('may be worse where the interval reaches below it, however good the estimate', () => {
    expect(judge(found(-0.02, 0.08), NO_SILVER, TERMS)).toMatchObject({ isWorse: true });
    expect(judge(found(NaN, NaN), NO_SILVER, TERMS)).toMatchObject({ isWorse: true });
  });

  test('is worse where it has certainly more false alarms on silver, and more than were asked for', () => {
    const { isWorse, reason } = judge(found(0, 0.02), alarms(0.8, 0.1), TERMS);
    expect(isWorse).toBe(true);
    expect(reason).toMatch(/^has more false alarms.*40 held-out quiet days of silver 0\.80 a day, champion 0\.30/);
    expect(judge(found(0, 0.02), alarms(0.45, 0.1), TERMS).isWorse).toBe(false);
    expect(judge(found(0, 0.02), alarms(0.8, -0.1), TERMS).isWorse).toBe(false);
  });
});

describe('the difference of two models', () => {
  const RULE = { k: 1, n: 1, rearmMinutes: 0 };
  const minutes = Int32Array.from({ length: 200 }, (_, i) => i);
  const events = [{ kind: 'sepsis', onset: 100, end: 149 }];
  const inEvent = (minute: number) => minute >= 100 && minute <= 149;
  const series = (scoreOf: (minute: number, patient: number) => number) =>
    Array.from({ length: 12 }, (_, patient) => ({
      ...{ minutes, events },
      scores: Float64Array.from(minutes, (minute) => scoreOf(minute, patient)),
    }));
  const good = { series: series((minute) => (inEvent(minute) ? 1 : 0)), threshold: 0.5 };
  const half = { series: series((minute, patient) => (inEvent(minute) && patient % 2 === 0 ? 1 : 0)), threshold: 0.5 };

  test('is of the same patients: two that score alike differ by nothing, whoever is drawn', () => {
    for (const measure of ['auc', 'sensitivity'] as const) {
      const { difference } = differenceOf(half, half, measure, RULE, 'seed');
      expect(difference).toEqual({ estimate: 0, low: 0, high: 0 });
    }
  });

  test('says which one finds more, by how much, and how sure that is', () => {
    const sensitivity = differenceOf(good, half, 'sensitivity', RULE, 'seed');
    expect(sensitivity).toMatchObject({ candidate: 1, champion: 0.5, difference: { estimate: 0.5 } });
    expect(sensitivity.difference.low).toBeGreaterThan(0.1);
    const auc = differenceOf(half, good, 'auc', RULE, 'seed');
    expect(auc.champion).toBe(1);
    expect(auc.difference.high).toBeLessThan(0);
  });
});
