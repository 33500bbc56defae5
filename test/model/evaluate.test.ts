import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { evaluateScores } from '../../model/evaluate.js';

const evaluate = (scores: number[], labels: number[]) =>
  evaluateScores(Float64Array.from(scores), Uint8Array.from(labels));

describe('evaluation', () => {
  test('is 1 where every anomaly scores above every other row', () => {
    expect(evaluate([0.9, 0.2, 0.8, 0.1], [1, 0, 1, 0])).toEqual({ auc: 1, average_precision: 1, rows: 4 });
  });

  test('of equal scores is one half, and the share of anomalies', () => {
    expect(evaluate([0.5, 0.5, 0.5, 0.5], [1, 0, 0, 0])).toEqual({ auc: 0.5, average_precision: 0.25, rows: 4 });
  });

  test('agrees with a case worked by hand', () => {
    // Precision is 1 at the first anomaly and 2/3 at the second; 3 of the 4 pairs are in order.
    const { auc, average_precision } = evaluate([0.8, 0.4, 0.35, 0.1], [1, 0, 1, 0]);
    expect(auc).toBeCloseTo(0.75, 12);
    expect(average_precision).toBeCloseTo(5 / 6, 12);
  });

  test('leaves out rows without a score, and counts the others', () => {
    expect(evaluate([NaN, 0.9, 0.1], [1, 1, 0])).toEqual({ auc: 1, average_precision: 1, rows: 2 });
  });

  test.each([[[0, 0]], [[1, 1]]])('has no AUC where all labels are %p', (labels) => {
    expect(evaluate([0.1, 0.2], labels).auc).toBeNaN();
  });

  test('counts pairs as the definition does, ties as one half', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 1 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
        let pairs = 0;
        let ordered = 0;
        for (const [score, label] of rows) {
          for (const [other, otherLabel] of rows) {
            if (label !== 1 || otherLabel !== 0) continue;
            pairs++;
            ordered += score > other ? 1 : score === other ? 0.5 : 0;
          }
        }
        fc.pre(pairs > 0);
        const scores = rows.map(([score]) => score);
        const labels = rows.map(([, label]) => label);
        expect(evaluate(scores, labels).auc).toBeCloseTo(ordered / pairs, 12);
      }),
    );
  });
});
