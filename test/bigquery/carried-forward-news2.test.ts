import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CARRIED_FORWARD_NEWS2, renderCarriedForwardNews2 } from '../../bigquery/carried-forward-news2.js';
import type { QueryRow } from '../../query/database.js';
import { openQuerySession, type QuerySession } from '../../query/session.js';
import type { SilverRow } from '../../schema/tables/silver-patient-vitals.js';
import { CarriedForward } from '../../transforms/clinical/carried-forward.js';
import { news2 } from '../../transforms/clinical/news2.js';
import { NEWS2_PARAMETERS, type News2Input } from '../../transforms/clinical/news2-parameters.js';
import { fixtureLake } from '../query/fixture-lake.js';
import { at, silverRow } from '../query/fixture-rows.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const sessions: QuerySession[] = [];
afterAll(() => Promise.all(sessions.map((session) => session.close())));

test(`${CARRIED_FORWARD_NEWS2} is fresh (npm run render)`, () => {
  expect(readFileSync(ROOT + CARRIED_FORWARD_NEWS2, 'utf8')).toBe(renderCarriedForwardNews2());
});

describe('gold.carried_forward_news2 over generated patients', () => {
  /** Pauses between readings, ms: within, at and just beyond the age limits. */
  const PAUSES = [0, 1, 600_000, 3_599_999, 3_600_000, 3_600_001, 10_800_000, 14_399_999, 14_400_000, 14_400_001];
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 6 });
  const READING = fc.record({
    pause: fc.constantFrom(...PAUSES),
    respiratory_rate: maybe(fc.integer({ min: 6, max: 28 })),
    spo2: maybe(fc.integer({ min: 80, max: 100 })),
    spo2_scale: fc.constantFrom(1 as const, 1 as const, 2 as const),
    supplemental_oxygen: maybe(fc.boolean()),
    systolic_bp: maybe(fc.integer({ min: 85, max: 225 })),
    heart_rate: maybe(fc.integer({ min: 35, max: 140 })),
    consciousness: maybe(fc.constantFrom('A' as const, 'C' as const, 'V' as const, 'P' as const, 'U' as const)),
    temperature: maybe(fc.integer({ min: 3_450, max: 3_950 }).map((hundredths) => hundredths / 100)),
  });
  const PATIENT = fc.array(READING, { minLength: 1, maxLength: 5 });
  type Patient = Parameters<Parameters<typeof PATIENT.map>[0]>[0];

  test('answers the interval, the bands and what is missing as transforms/clinical works them out', async () => {
    const seen = { exact: 0, wide: 0, stale: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(PATIENT, { minLength: 120, maxLength: 120, size: 'max' }), async (patients) => {
        const found = await answers(patients.flatMap(rowsOf));
        expect(found.map(scoreOf)).toEqual(patients.map(expectedOf));
        for (const row of found) {
          if (row['news2_missing'] === null) seen.exact += 1;
          else seen.wide += 1;
          if (NEWS2_PARAMETERS.some((name) => row[`${name}_age_seconds`] !== null && row[name] === null))
            seen.stale += 1;
        }
      }),
      { numRuns: 3, seed: 20_261_121, endOnFailure: true },
    );
    // The generator reaches all three kinds, else the agreement says little.
    expect(Math.min(seen.exact, seen.wide, seen.stale)).toBeGreaterThan(20);
  });

  async function answers(rows: readonly SilverRow[]): Promise<QueryRow[]> {
    const lake = await fixtureLake({ 'silver.patient_vitals': [rows] });
    const session = await openQuerySession(lake, { memoryLimit: '256MB' });
    sessions.push(session);
    return session.all('SELECT * FROM gold.carried_forward_news2 ORDER BY patient_id');
  }

  function rowsOf(patient: Patient, index: number): SilverRow[] {
    let event_time = at('07:00:00');
    return patient.map(({ pause, ...vitals }, reading) => {
      event_time += pause;
      const ids = { patient_id: `p${String(index).padStart(4, '0')}`, reading_id: `p${index}-r${reading}` };
      return silverRow({ ...ids, event_time, event_date: new Date(event_time).toISOString().slice(0, 10), ...vitals });
    });
  }

  function expectedOf(patient: Patient): unknown[] {
    const carried = new CarriedForward();
    let event_time = at('07:00:00');
    let input: News2Input | null = null;
    for (const { pause, ...vitals } of patient) {
      event_time += pause;
      input = carried.add({ ...vitals, event_time, age: null, pregnant: null });
    }
    const { low, high, band_low, band_high, missing } = news2(input as News2Input);
    return [low, high, band_low, band_high, missing.join(',') || null];
  }

  const scoreOf = (row: QueryRow): unknown[] =>
    ['news2_low', 'news2_high', 'news2_band_low', 'news2_band_high', 'news2_missing'].map((column) => row[column]);
});
