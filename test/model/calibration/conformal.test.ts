import { describe, expect, test } from '@jest/globals';
import { conformalThreshold, meanAlarms, quietDays } from '../../../model/calibration/conformal.js';
import { alarmMinutes, persistentScores, type ScoreSeries } from '../../../model/calibration/persistence.js';
import { uniformSource } from '../../../model/forest/random.js';

const series = (scores: readonly number[], minutes = scores.map((_, i) => i)): ScoreSeries => ({
  minutes: Int32Array.from(minutes),
  scores: Float64Array.from(scores),
});

describe('the persistence of a score', () => {
  test('is the k-th greatest of the last n minutes', () => {
    const rule = { k: 2, n: 3, rearmMinutes: 10 };
    expect([...persistentScores(series([1, 5, 3, 9, 0, 0]), rule)]).toEqual([NaN, 1, 3, 5, 3, 0]);
  });

  test('has no evidence in minutes that are missing or have no score', () => {
    const rule = { k: 2, n: 3, rearmMinutes: 10 };
    expect([...persistentScores(series([9, 9, 9], [0, 5, 6]), rule)]).toEqual([NaN, NaN, 9]);
    expect([...persistentScores(series([9, NaN, 9, 9]), rule)]).toEqual([NaN, NaN, 9, 9]);
  });

  test('with 1 of 1 is the score itself', () => {
    const scores = [3, 1, 2];
    expect([...persistentScores(series(scores), { k: 1, n: 1, rearmMinutes: 0 })]).toEqual(scores);
  });
});

describe('alarms', () => {
  test('begin once, and again only after the pause that arms them', () => {
    const minutes = Int32Array.from([0, 1, 2, 10, 11, 40]);
    const scores = Float64Array.from([1, 1, 0, 1, 0, 1]);
    expect(alarmMinutes(minutes, scores, 1, 0)).toEqual([0, 1, 10, 40]);
    expect(alarmMinutes(minutes, scores, 1, 1)).toEqual([0, 10, 40]);
    expect(alarmMinutes(minutes, scores, 1, 20)).toEqual([0, 40]);
    expect(alarmMinutes(minutes, scores, 1, 60)).toEqual([0]);
    expect(alarmMinutes(minutes, scores, 2, 0)).toEqual([]);
  });
});

describe('a conformal threshold', () => {
  const RULE = { k: 1, n: 1, rearmMinutes: 30 };

  /** Days of independent minutes: every patient has one day. */
  function days(count: number, seed: string) {
    const random = uniformSource(seed);
    return quietDays(
      Array.from({ length: count }, () => series(Array.from({ length: 1440 }, random))),
      RULE,
    );
  }

  test.each([0.1, 0.5, 1])('keeps new days at %f alarms a day or fewer, and is not idle', (target) => {
    const found = conformalThreshold(days(300, `calibration ${target}`), target, RULE)!;
    const rate = meanAlarms(days(600, `new days ${target}`), found.threshold, RULE.rearmMinutes);
    expect(rate).toBeLessThan(target * 1.25 + 0.03);
    expect(rate).toBeGreaterThan(0.3 * target);
  });

  test('needs more days the fewer alarms are wanted: 99 for one in ten days', () => {
    const few = days(99, 'few');
    expect(conformalThreshold(few.slice(0, 98), 0.1, RULE)).toBeNull();
    expect(conformalThreshold(few, 0.1, RULE)).toMatchObject({ patientDays: 99, rate: 0 });
  });

  test('is above every score where not one alarm is allowed', () => {
    const few = days(99, 'none');
    const { threshold } = conformalThreshold(few, 0.1, RULE)!;
    expect(Math.max(...few.map(({ persistent }) => Math.max(...persistent)))).toBeLessThan(threshold);
  });

  test('leaves out days with little in them', () => {
    expect(quietDays([series([1, 2, 3])], RULE)).toEqual([]);
  });
});
