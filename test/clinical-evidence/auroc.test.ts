import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

interface Area {
  readonly auroc: number;
  readonly low: number;
  readonly high: number;
}
const { auroc } = (await import('../../bench/support/auroc.mjs' as string)) as {
  auroc(cases: readonly number[], controls: readonly number[]): Area;
};

/** How often a case has the higher score, ties half: pair by pair. */
function wins(value: number, others: readonly number[]): number {
  return others.reduce((sum, other) => sum + (value > other ? 1 : value === other ? 0.5 : 0), 0) / others.length;
}
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1);

describe('the area under the ROC curve', () => {
  test('is 1 where every case is higher, 0 where every one is lower, a half where all are the same', () => {
    expect(auroc([3, 4], [1, 2])).toMatchObject({ auroc: 1, low: 1, high: 1 });
    expect(auroc([1, 2], [3, 4])).toMatchObject({ auroc: 0, low: 0, high: 0 });
    expect(auroc([1, 1], [1, 1, 1])).toMatchObject({ auroc: 0.5, low: 0.5, high: 0.5, cases: 2, controls: 3 });
  });

  test('and its interval are those of all pairs (DeLong 1988, from its components)', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(scores, scores, (cases, controls) => {
        const byCase = cases.map((value) => wins(value, controls));
        const byControl = controls.map((value) => 1 - wins(value, cases));
        const half = 1.959964 * Math.sqrt(variance(byCase) / cases.length + variance(byControl) / controls.length);
        const area = auroc(cases, controls);
        expect(area.auroc).toBeCloseTo(mean(byCase), 10);
        expect(area.low).toBeCloseTo(Math.max(0, mean(byCase) - half), 10);
        expect(area.high).toBeCloseTo(Math.min(1, mean(byCase) + half), 10);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  test('needs two of each', () => {
    expect(() => auroc([1], [1, 2])).toThrow(/two cases and two controls, got 1 and 2/);
  });
});
