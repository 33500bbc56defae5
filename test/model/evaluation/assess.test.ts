import { describe, expect, test } from '@jest/globals';
import { assess } from '../../../model/evaluation/assess.js';
import { bootstrap } from '../../../model/evaluation/bootstrap.js';
import { outcomeOf, type LabelledEvent, type LabelledSeries } from '../../../model/evaluation/detection.js';
import { uniformSource } from '../../../model/forest/random.js';

const ONCE = { k: 1, n: 1, rearmMinutes: 5 };

function series(scores: readonly number[], events: readonly LabelledEvent[] = []): LabelledSeries {
  return { minutes: Int32Array.from(scores, (_, i) => i), scores: Float64Array.from(scores), events };
}

/** A minute of 1 at each of these, 0 elsewhere. */
const at = (length: number, ...ones: number[]): number[] =>
  Array.from({ length }, (_, i) => (ones.includes(i) ? 1 : 0));

describe('what a detector found', () => {
  const event = { kind: 'sepsis', onset: 20, end: 40 };

  test('is an event with an alarm while it lasts, and the delay counts from its onset', () => {
    expect(outcomeOf(series(at(60, 27, 30), [event]), 1, ONCE).events).toEqual([{ kind: 'sepsis', delay: 7 }]);
    expect(outcomeOf(series(at(60, 20), [event]), 1, ONCE).events).toEqual([{ kind: 'sepsis', delay: 0 }]);
    expect(outcomeOf(series(at(60, 19, 41), [event]), 1, ONCE).events).toEqual([{ kind: 'sepsis', delay: null }]);
  });

  test('is a false alarm before the event, and none right after it', () => {
    expect(outcomeOf(series(at(60, 3, 19, 41, 47), [event]), 1, ONCE)).toMatchObject({ falseAlarms: 3 });
    expect(outcomeOf(series(at(60, 43), [event]), 1, ONCE)).toMatchObject({ falseAlarms: 0 });
  });

  test('counts as quiet what lies outside of events and the time after them', () => {
    expect(outcomeOf(series(at(60), [event]), 1, ONCE).quietMinutes).toBe(60 - 21 - 5);
  });

  test('an event of which not one minute was seen is no miss', () => {
    expect(outcomeOf(series(at(10), [event]), 1, ONCE).events).toEqual([]);
  });
});

describe('the assessment', () => {
  const events = [{ kind: 'hypoxia', onset: 100, end: 199 }];

  test('of a detector that knows is 1 throughout, and of one that guesses is what chance gives', () => {
    const random = uniformSource('guess');
    const knowing = Array.from({ length: 20 }, () =>
      series(
        Array.from({ length: 1440 }, (_, i) => (i >= 100 && i < 200 ? 2 : random())),
        events,
      ),
    );
    const known = assess(knowing, 1.5, ONCE, 'test');
    expect(known.auc).toEqual({ estimate: 1, low: 1, high: 1 });
    expect(known.sensitivity.estimate).toBe(1);
    expect(known.falseAlarms.estimate).toBe(0);
    expect(known.delayMedian.estimate).toBe(0);
    expect(known.byKind).toEqual([{ kind: 'hypoxia', events: 20, found: 20, delayMedian: 0 }]);

    const guessing = Array.from({ length: 20 }, () =>
      series(
        Array.from({ length: 1440 }, () => random()),
        events,
      ),
    );
    const guessed = assess(guessing, 0.999, ONCE, 'test');
    expect(guessed.auc.low).toBeLessThan(0.5);
    expect(guessed.auc.high).toBeGreaterThan(0.5);
    expect(guessed.falseAlarms.estimate).toBeGreaterThan(0.5);
  });

  test('says the same for the same seed', () => {
    const random = uniformSource('same');
    const all = Array.from({ length: 5 }, () => series(Array.from({ length: 300 }, random), events));
    expect(assess(all, 0.9, ONCE, 'a')).toEqual(assess(all, 0.9, ONCE, 'a'));
  });
});

describe('the bootstrap over patients', () => {
  test('of a mean covers as the formula of its standard error says', () => {
    const random = uniformSource('values');
    const values = Array.from({ length: 200 }, random);
    const { low, high, estimate } = bootstrap(
      200,
      (sample) => meanOf(Array.from(sample, (i) => values[i]!)),
      'b',
      2_000,
    );
    const error = Math.sqrt(1 / 12 / 200);
    expect(estimate).toBeCloseTo(meanOf(values), 12);
    expect((high - low) / (2 * 1.96 * error)).toBeGreaterThan(0.85);
    expect((high - low) / (2 * 1.96 * error)).toBeLessThan(1.15);
  });
});

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
