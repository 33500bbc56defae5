import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeModelFolder, encodeModelFolder } from '../../../model/model-folder.js';
import { rowWidth } from '../../../model/model.js';
import { topContributions } from '../../../transforms/contributions.js';
import { aNeuralModel } from './networks.js';

const MODELS = [aNeuralModel(4, 1), aNeuralModel(4, 3)];
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
const anyValue = fc.oneof(
  fc.double({ min: 50, max: 150, noNaN: true }),
  fc.constantFrom(NaN, Infinity, -Infinity, 1e308, -1e308, 0, -0),
);

describe.each(MODELS.map((model) => [model.kind, model] as const))('a model of kind %s', (_, model) => {
  const width = rowWidth(model);
  const anyRow = fc.array(anyValue, { minLength: width, maxLength: width }).map((row) => Float64Array.from(row));
  const last = width - model.features.length;

  test('explains every score by parts that add up to it', () => {
    fc.assert(
      fc.property(anyRow, (row) => {
        const { score, baseline, contributions } = model.explain(row);
        expect(score).toBe(model.score(row, 1)[0]);
        if (Number.isNaN(score)) expect([...contributions].every(Number.isNaN)).toBe(true);
        else expect(Math.abs(baseline + sum(contributions) - score)).toBeLessThan(1e-9);
      }),
      { numRuns: 200 },
    );
  });

  test('scores within 0 and 1 whatever the values, and NaN only where half of the features or the past are missing', () => {
    fc.assert(
      fc.property(anyRow, (row) => {
        const score = model.score(row, 1)[0]!;
        const steps = Array.from({ length: width / 4 }, (_, step) => row.subarray(4 * step, 4 * step + 4));
        const isThere = steps.map((step) => step.filter(Number.isNaN).length <= 2);
        const hasPast = steps.length === 1 || isThere.slice(0, -1).includes(true);
        expect(Number.isNaN(score)).toBe(!(isThere.at(-1)! && hasPast));
        if (!Number.isNaN(score)) expect(score >= 0 && score < 1).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('scores rows together as each alone, and leaves them as they were', () => {
    const rows = Float64Array.from({ length: 7 * width }, (_, i) => 80 + ((i * 37) % 41));
    const before = rows.slice();
    const alone = Array.from({ length: 7 }, (_, i) => model.score(rows.slice(i * width, (i + 1) * width), 1)[0]);
    expect([...model.score(rows, 7)]).toEqual(alone);
    expect(rows).toEqual(before);
    expect(() => model.score(rows, 8)).toThrow(RangeError);
  });

  test.each([0, 1, 2, 3])('names feature %i first where it alone is far out', (feature) => {
    const row = new Float64Array(width).fill(100);
    row[last + feature] = 190;
    const { contributions } = model.explain(row);
    expect(contributions.indexOf(Math.max(...contributions))).toBe(feature);
    const top = Object.keys(JSON.parse(topContributions({ ...model, window: null }, row.subarray(last), 0)) as object);
    if (width === model.features.length) expect(top[0]).toBe(`f${feature}`);
  });

  test('always has something to say of a score above the ordinary', () => {
    fc.assert(
      fc.property(anyRow, (row) => {
        const { score, baseline, contributions } = model.explain(row);
        if (score > baseline) expect(Math.max(...contributions)).toBeGreaterThan(0);
      }),
    );
  });

  test('counts a missing value as no error', () => {
    const row = new Float64Array(width).fill(100);
    row[last] = NaN;
    const { contributions } = model.explain(row);
    const { network } = model;
    const slope = contributions[0]! / -network.typical[0]!;
    expect(slope).toBeGreaterThan(0);
  });

  test('comes back from its folder byte for byte and score for score', () => {
    const files = encodeModelFolder(model);
    const loaded = decodeModelFolder(files, 'm');
    expect(encodeModelFolder(loaded)).toEqual(files);
    expect(loaded.id).toMatch(new RegExp(`^${model.kind}-[0-9a-f]{12}$`));
    const rows = Float64Array.from({ length: 5 * width }, (_, i) => 80 + ((i * 37) % 41));
    expect(loaded.score(rows, 5)).toEqual(model.score(rows, 5));
  });
});
