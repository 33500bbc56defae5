import { beforeAll, describe, expect, test } from '@jest/globals';
import type { LakeSnapshot } from '../../../lake/reader.js';
import { countBins } from '../../../model/drift/reference.js';
import { DERIVED_STREAM_FEATURES, featureFiller } from '../../../model/features.js';
import { planDrift } from '../../../query/drift/measure.js';
import { observeHours, type ObservedHour } from '../../../query/drift/observe.js';
import { currentOf } from '../sound-lake.js';
import { fixtureLake } from '../fixture-lake.js';
import { randomVersions } from '../../bigquery/random-rows.js';

const HOUR = 3_600_000;
const ALWAYS = { from: -Infinity, to: Infinity } as const;
/** Without corrections to another day: those count on both (observeHours). */
const SILVER = randomVersions(900, 8);
const NAMES = DERIVED_STREAM_FEATURES.map(({ name }) => name).filter((name) => name !== 'time_of_day');
const EDGES = [-1, 0, 0.7, 1, 20, 36.6, 75, 97, 100, 121];

let snapshot: LakeSnapshot;
beforeAll(async () => {
  const batches = [1, 2, 3].map((batch) => SILVER.filter((row) => row.batch === batch));
  snapshot = await fixtureLake({ 'silver.patient_vitals': batches });
});

async function observe(
  by: 'ward' | 'hospital',
  times = ALWAYS as { from: number; to: number },
): Promise<ObservedHour[]> {
  const features = NAMES.map((name) => ({ name, edges: EDGES }));
  const hours: ObservedHour[] = [];
  for await (const hour of observeHours(snapshot, features, { ...times, by })) hours.push(hour);
  return hours;
}

/** The same by plain TypeScript: versions, wards and hours, and the very function that models are trained with. */
function expected(): Map<string, Float64Array[]> {
  const fill = featureFiller(NAMES.map((name) => ({ name })));
  const values = new Map<string, Float64Array[]>();
  const days = new Set(SILVER.map((row) => row.event_date));
  for (const day of days) {
    for (const row of currentOf(SILVER.filter(({ event_date }) => event_date === day))) {
      if (row.status === 'entered-in-error') continue;
      const out = new Float64Array(NAMES.length);
      fill(row, out, 0);
      const key = `${row.ward ?? 'unknown'} ${Math.floor(row.event_time / HOUR) * HOUR}`;
      values.set(key, [...(values.get(key) ?? []), out]);
    }
  }
  return values;
}

describe('silver counted in bins', () => {
  test('is what the features of training give of the current readings, ward by ward and hour by hour', async () => {
    const wanted = expected();
    const found = await observe('ward');
    expect(found.map(({ ward, window_start }) => `${ward} ${window_start}`).sort()).toEqual([...wanted.keys()].sort());
    expect(found.length).toBeGreaterThan(10);
    for (const { ward, window_start, features } of found) {
      const rows = wanted.get(`${ward} ${window_start}`) ?? [];
      for (const [i, { counts, missing }] of features.entries()) {
        const values = Float64Array.from(rows, (row) => row[i]!);
        const present = values.filter((value) => !Number.isNaN(value));
        expect([NAMES[i], missing, counts]).toEqual([
          NAMES[i],
          values.length - present.length,
          [...countBins(present, EDGES)],
        ]);
      }
    }
  });

  test('of the hospital is the sum of its wards, and comes in order of time', async () => {
    const total = (hours: readonly ObservedHour[]) =>
      hours.flatMap(({ features }) => features[0]!.counts).reduce((sum, count) => sum + count, 0);
    const whole = await observe('hospital');
    expect(total(whole)).toBe(total(await observe('ward')));
    expect(new Set(whole.map(({ ward }) => ward))).toEqual(new Set(['*']));
    const starts = whole.map(({ window_start }) => window_start);
    expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
  });

  test('knows how many patients there were, and keeps to the stretch that was asked for', async () => {
    const [first] = await observe('hospital');
    const { window_start } = first!;
    const within = await observe('hospital', { from: window_start, to: window_start + HOUR });
    expect(within).toEqual([first]);
    expect(await observe('ward', { from: 0, to: 1 })).toEqual([]);
    const rows = currentOf(SILVER).filter((row) => Math.floor(row.event_time / HOUR) * HOUR === window_start);
    expect(first!.patients).toBeLessThanOrEqual(new Set(rows.map((row) => row.patient_id)).size + 1);
  });

  test('leaves out what silver cannot say, and refuses a model of nothing else', () => {
    const reference = { edges: [1], counts: [1, 1], missing: 0 };
    const model = (...names: string[]) => ({
      id: 'forest-1',
      features: names.map((name) => ({ name, unit: null, median: 0 })),
      training: { reference: { patients: null, features: names.map(() => reference), wards: [] } },
    });
    const plan = planDrift(model('x', 'spo2', 'time_of_day', 'spo2_slope_15m'));
    expect(plan.left_out).toEqual(['x', 'time_of_day', 'spo2_slope_15m']);
    expect(plan.measured.map(({ name, place }) => [name, place])).toEqual([['spo2', 1]]);
    expect(() => planDrift(model('x'))).toThrow(/forest-1 has no feature that silver has/);
    expect(() => planDrift({ ...model('spo2'), training: {} })).toThrow(/Train it again/);
  });
});
