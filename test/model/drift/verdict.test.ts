import { describe, expect, test } from '@jest/globals';
import { uniformSource } from '../../../model/forest/random.js';
import { countBins, describeFeature } from '../../../model/drift/reference.js';
import { compareFeature, type ObservedFeature } from '../../../model/drift/verdict.js';

/** Ten bins of a hundred rows each, none missing. */
const REFERENCE = { edges: [1, 2, 3, 4, 5, 6, 7, 8, 9], counts: new Array<number>(10).fill(100), missing: 0 };
const even = (rows: number): number[] => new Array<number>(10).fill(rows / 10);

const compare = (observed: Partial<ObservedFeature>, patients: number | null = null) =>
  compareFeature(REFERENCE, { counts: even(1_000), missing: 0, patients: 1_000, ...observed }, patients);

describe('the verdict', () => {
  test('is stable for the same shares', () => {
    expect(compare({})).toMatchObject({ rows: 1_000, psi: 0, ks: 0, missing_share: 0, verdict: 'stable' });
  });

  test('is moderate from 0.1 and major above 0.25', () => {
    // A share x moved from the lower half to the upper: five bins of (0.1 - x/5), five of (0.1 + x/5).
    const moved = (x: number) => Array.from({ length: 10 }, (_, i) => 100 + (i < 5 ? -200 * x : 200 * x));
    const index = (x: number) => x * Math.log((0.1 + x / 5) / (0.1 - x / 5));
    const verdicts = [0.15, 0.16, 0.23, 0.25].map((x) => {
      const { psi, verdict } = compare({ counts: moved(x) });
      expect(psi).toBeCloseTo(index(x), 9);
      return [Math.round(psi * 1_000) / 1_000, verdict];
    });
    expect(verdicts).toEqual([
      [0.093, 'stable'],
      [0.106, 'moderate'],
      [0.229, 'moderate'],
      [0.275, 'major'],
    ]);
  });

  test('counts missing as a bin of its own', () => {
    const half = compare({ counts: even(500), missing: 500 });
    expect(half).toMatchObject({ missing_share: 0.5, reference_missing_share: 0, ks: 0, verdict: 'major' });
    const all = compare({ counts: even(0), missing: 1_000 });
    expect(all).toMatchObject({ missing_share: 1, ks: NaN, verdict: 'major' });
  });

  test('says that there is too little to say', () => {
    expect(compare({ counts: even(40) }).verdict).toBe('too_few');
    expect(compare({ patients: 4 }).verdict).toBe('too_few');
    expect(compare({ counts: even(0), missing: 0, patients: 0 })).toMatchObject({
      rows: 0,
      psi: NaN,
      verdict: 'too_few',
    });
  });

  test('calls chance what as many patients may differ by, however many rows they have', () => {
    const lower = { counts: [300, 300, 200, 100, 100, 0, 0, 0, 0, 0] };
    expect(compare({ ...lower, patients: 8 })).toMatchObject({ verdict: 'chance' });
    expect(compare({ ...lower, patients: 40 })).toMatchObject({ verdict: 'major' });
    expect(compare({ ...lower, patients: 40 }, 8)).toMatchObject({ verdict: 'chance' });
  });

  test('in a ward of twelve patients of the reference itself is hardly ever drift, and a shift is', () => {
    const random = uniformSource('drift test', 8, 0);
    const level = () => random() + random() + random();
    const reference = describeFeature(Float64Array.from({ length: 5_000 }, level));
    /** Each patient has a level of their own, and 60 readings close to it. */
    const ward = (shift: number) => {
      const levels = Array.from({ length: 12 }, level);
      const values = levels.flatMap((own) => Array.from({ length: 60 }, () => own + shift + 0.1 * random()));
      const counts = [...countBins(Float64Array.from(values), reference.edges)];
      return compareFeature(reference, { counts, missing: 0, patients: 12 }, null);
    };
    const major = (shift: number) =>
      Array.from({ length: 200 }, () => ward(shift)).filter(({ verdict }) => verdict === 'major').length;
    const byIndexAlone = Array.from({ length: 200 }, () => ward(0)).filter(({ psi }) => psi > 0.25).length;
    expect(byIndexAlone).toBeGreaterThan(180);
    expect(major(0)).toBeLessThanOrEqual(2);
    expect(major(1.5)).toBeGreaterThan(190);
  });
});
