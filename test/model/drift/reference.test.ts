import { describe, expect, test } from '@jest/globals';
import { Fields } from '../../../model/document-fields.js';
import { countBins, decodeReference, describeFeature, describeTraining } from '../../../model/drift/reference.js';
import { rowMajor } from '../../../model/matrix.js';

const upTo = (n: number) => Float64Array.from({ length: n }, (_, i) => i + 1);

describe('the reference of a feature', () => {
  test('has its edges at the deciles, a tenth of the values in each bin but for the edges themselves', () => {
    const { edges, counts, missing } = describeFeature(upTo(1_000));
    expect(edges).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900]);
    expect(counts).toEqual([99, 100, 100, 100, 100, 100, 100, 100, 100, 101]);
    expect(missing).toBe(0);
  });

  test('counts what is missing apart, and none of it in a bin', () => {
    const { counts, missing } = describeFeature(Float64Array.of(NaN, 1, NaN, 2));
    expect([counts.reduce((sum, count) => sum + count), missing]).toEqual([2, 2]);
    expect(describeFeature(Float64Array.of(NaN, NaN))).toEqual({ edges: [], counts: [0], missing: 2 });
  });

  test('gives a value that stands at several deciles a bin of its own', () => {
    const rare = describeFeature(Float64Array.from({ length: 100 }, (_, i) => (i < 97 ? 0 : 1)));
    expect(rare).toEqual({ edges: [0, Number.MIN_VALUE], counts: [0, 97, 3], missing: 0 });
    const constant = describeFeature(new Float64Array(10).fill(-37.5));
    expect(constant.counts).toEqual([0, 10, 0]);
    expect([...countBins(Float64Array.of(-37.6, -37.5, -37.4), constant.edges)]).toEqual([1, 1, 1]);
  });

  test('holds for negative values and neighbours in the number line', () => {
    const values = Float64Array.from([-1, -1, -1, -1, -0.9999999999999999, -0.9999999999999999, 2, 3, 4, 5]);
    const { edges, counts } = describeFeature(values);
    expect(edges).toEqual([...new Set(edges)].sort((a, b) => a - b));
    expect(counts.reduce((sum, count) => sum + count)).toBe(10);
  });
});

describe('the reference of a model', () => {
  const reference = describeTraining(rowMajor(Float64Array.of(1, NaN, 2, 5, 3, 5), 3, 2), {
    patients: Uint32Array.of(4, 9, 4),
  });

  test('has the features in the order of the columns', () => {
    expect(reference.patients).toBe(2);
    expect(describeTraining(rowMajor(Float64Array.of(1), 1, 1))).toMatchObject({ patients: null, wards: [] });
    expect(reference.features.map(({ missing }) => missing)).toEqual([0, 1]);
  });

  test('has each ward of fifty rows in the bins of the whole, and says nothing of a smaller one', () => {
    const values = Float64Array.from({ length: 110 }, (_, i) => (i % 20 === 0 ? NaN : i));
    const wards = Array.from(values, (_, i) => (i < 60 ? 'B' : i < 109 ? 'A' : null));
    const patients = Uint32Array.from(values, (_, i) => i % 7);
    const { features, wards: found } = describeTraining(rowMajor(values, 110, 1), { patients, wards });
    expect(found.map(({ ward, patients: n }) => [ward, n])).toEqual([['B', 7]]);
    const [{ counts, missing }] = found[0]!.features as [{ counts: number[]; missing: number }];
    expect([counts.length, counts.reduce((sum, n) => sum + n), missing]).toEqual([features[0]!.counts.length, 57, 3]);
    expect(counts.slice(-3)).toEqual([0, 0, 0]);
  });

  test('comes back from JSON as it was', () => {
    const wards = Array.from({ length: 120 }, (_, i) => (i % 2 === 0 ? 'ICU' : null));
    const whole = describeTraining(
      rowMajor(
        Float64Array.from(wards, (_, i) => i / 3),
        120,
        1,
      ),
      { wards },
    );
    expect(whole.wards.map(({ ward }) => ward)).toEqual(['ICU', 'unknown']);
    for (const made of [reference, whole]) {
      expect(decodeReference(new Fields(JSON.parse(JSON.stringify(made)), 'reference'))).toEqual(made);
    }
  });

  test.each([
    [{ patients: 0.5, features: reference.features, wards: [] }, /patients is not/],
    [
      { patients: null, features: [{ edges: [2, 1], counts: [1, 1, 1], missing: 0 }], wards: [] },
      /edges do not ascend/,
    ],
    [{ patients: null, features: [{ edges: [1], counts: [1], missing: 0 }], wards: [] }, /a count more than edges/],
    [{ patients: null, features: [{ edges: [1], counts: [1, -1], missing: 0 }], wards: [] }, /not a whole number/],
    [{ ...reference, wards: [{ ward: 'A', patients: 1, features: [] }] }, /a ward has other features/],
    [{ patients: null, features: [{ edges: ['1'], counts: [1, 1], missing: 0 }], wards: [] }, /edges is not/],
  ])('%j is refused', (json, message) => {
    expect(() => decodeReference(new Fields(json, 'reference'))).toThrow(message);
  });
});
