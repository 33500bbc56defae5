import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { uniformSource } from '../../../model/forest/random.js';
import { STREAM_FEATURES } from '../../../model/features.js';
import { trainForest } from '../../../model/train.js';
import { anyRows, plainFeatures, rowMajorOf } from './rows.js';

const OPTIONS = { seed: 1, source: 'test', codeVersion: '0' };

function vitals(count: number): number[][] {
  const random = uniformSource('vitals');
  const around = (mean: number, spread: number): number => mean + spread * (random() + random() + random() - 1.5);
  return Array.from({ length: count }, () => [
    around(80, 20),
    around(16, 4),
    around(97, 2),
    around(120, 20),
    around(75, 12),
    around(36.9, 0.6),
    around(60, 30),
    random() < 0.2 ? 1 : 0,
  ]);
}

const rows = vitals(2_000);
const model = trainForest(rowMajorOf(rows), rows.length, STREAM_FEATURES, OPTIONS);
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

describe('an explanation', () => {
  test('adds up to the score that scoring gives, whatever the row', () => {
    const value = fc.oneof(fc.double({ noNaN: true }), fc.double({ min: 0, max: 200, noNaN: true }), fc.constant(NaN));
    fc.assert(
      fc.property(fc.array(value, { minLength: 8, maxLength: 8 }), (values) => {
        const row = Float64Array.from(values);
        const { score, baseline, contributions } = model.explain(row);
        expect(score).toBe(model.score(row, 1)[0]);
        if (Number.isNaN(score)) return;
        expect(Math.abs(baseline + sum(contributions) - score)).toBeLessThan(1e-9);
      }),
      { numRuns: 1_000 },
    );
  });

  test('adds up for any forest, rows that are all alike included', () => {
    fc.assert(
      fc.property(anyRows, fc.nat(), (table, seed) => {
        const width = table[0]!.length;
        const forest = trainForest(rowMajorOf(table), table.length, plainFeatures(width), {
          ...OPTIONS,
          seed,
          trees: 5,
        });
        for (const values of table.slice(0, 10)) {
          const { score, baseline, contributions } = forest.explain(Float64Array.from(values));
          expect(Math.abs(baseline + sum(contributions) - score)).toBeLessThan(1e-9);
        }
      }),
    );
  });

  test('has one baseline, about the score of an average training row', () => {
    const { baseline } = model.explain(Float64Array.from(rows[0]!));
    expect(model.explain(Float64Array.from(rows[1]!)).baseline).toBe(baseline);
    expect(Math.abs(baseline - model.metrics.scores.mean)).toBeLessThan(0.02);
  });

  test.each([
    ['heart_rate', 0, 190],
    ['spo2', 2, 70],
    ['systolic_bp', 3, 50],
    ['temperature', 5, 41],
  ])('names %s where it alone is out of the ordinary', (_, feature, value) => {
    const row = Float64Array.from([80, 16, 97, 120, 75, 36.9, 60, 0]);
    row[feature] = value;
    const { contributions } = model.explain(row);
    expect(contributions.indexOf(Math.max(...contributions))).toBe(feature);
    expect(contributions[feature]).toBeGreaterThan(0);
  });

  test('gives nothing to a feature that never varied', () => {
    const flat = rows.map((row) => [...row.slice(0, 3), 5]);
    const forest = trainForest(rowMajorOf(flat), flat.length, plainFeatures(4), OPTIONS);
    expect(forest.explain(Float64Array.from([200, 5, 60, 900])).contributions[3]).toBe(0);
  });

  test('of a row with fewer than half of the features is NaN, as its score', () => {
    const row = new Float64Array(8).fill(NaN);
    row[0] = 80;
    const { score, contributions } = model.explain(row);
    expect(score).toBeNaN();
    expect([...contributions]).toEqual(Array(8).fill(NaN));
  });

  test('leaves the row as it was', () => {
    const row = Float64Array.from([80, NaN, 97, 120, 75, 36.9, 60, 0]);
    model.explain(row);
    expect([...row]).toEqual([80, NaN, 97, 120, 75, 36.9, 60, 0]);
  });
});
