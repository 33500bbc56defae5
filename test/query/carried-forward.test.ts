import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openQuerySession, type QuerySession } from '../../query/session.js';
import type { QueryRow } from '../../query/database.js';
import type { SilverRow } from '../../schema/tables/silver-patient-vitals.js';
import { news2, type News2 } from '../../transforms/clinical/news2.js';
import type { News2Input } from '../../transforms/clinical/news2-parameters.js';
import { fixtureLake } from './fixture-lake.js';
import { at, silverRow } from './fixture-rows.js';

const sessions: QuerySession[] = [];
afterAll(() => Promise.all(sessions.map((session) => session.close())));

async function carried(rows: readonly SilverRow[]): Promise<QueryRow[]> {
  const session = await openQuerySession(await fixtureLake({ 'silver.patient_vitals': [rows] }), {
    memoryLimit: '256MB',
  });
  sessions.push(session);
  return session.all('SELECT * FROM gold.carried_forward_news2 ORDER BY patient_id');
}

/** One reading with every parameter, none of which scores. */
const WELL = {
  respiratory_rate: 16,
  spo2: 97,
  supplemental_oxygen: false,
  systolic_bp: 120,
  heart_rate: 70,
  consciousness: 'A',
  temperature: 37,
};

describe('gold.carried_forward_news2', () => {
  test('takes the last known value of each parameter, and says how old it is', async () => {
    const [row] = await carried([
      silverRow({ reading_id: 'r1', event_time: at('07:00:00'), ...WELL }),
      silverRow({ reading_id: 'r2', event_time: at('07:30:00'), heart_rate: 140 }),
    ]);
    expect(row).toMatchObject({
      as_of: '2026-11-21T07:30:00.000Z',
      heart_rate: 140,
      heart_rate_age_seconds: 0,
      spo2: 97,
      spo2_age_seconds: 1800,
      news2_low: 3,
      news2_high: 3,
      news2_band_low: 'low-medium',
      news2_missing: null,
    });
  });

  test('what is older than its limit is missing: an hour for monitored values, four for the others', async () => {
    const [row] = await carried([
      silverRow({ reading_id: 'r1', event_time: at('07:00:00'), ...WELL }),
      silverRow({ reading_id: 'r2', event_time: at('08:00:00'), glucose: 100 }),
      silverRow({ reading_id: 'r3', event_time: at('08:00:00.001'), glucose: 100, patient_id: 'p2' }),
      silverRow({ reading_id: 'r4', event_time: at('07:00:00'), patient_id: 'p2', ...WELL }),
    ]);
    expect(row).toMatchObject({ heart_rate: 70, news2_missing: null });
    const [, other] = await (sessions.at(-1) as QuerySession).all(
      'SELECT * FROM gold.carried_forward_news2 ORDER BY 1',
    );
    expect(other).toMatchObject({
      heart_rate: null,
      heart_rate_age_seconds: 3600.001,
      systolic_bp: 120,
      temperature: 37,
      news2_low: 0,
      news2_high: 9,
      news2_missing: 'respiratory_rate,spo2,heart_rate',
    });
  });

  test('withdrawn and superseded readings do not count', async () => {
    const [row] = await carried([
      silverRow({ reading_id: 'r1', event_time: at('07:00:00'), ...WELL }),
      silverRow({ reading_id: 'r2', event_time: at('07:10:00'), heart_rate: 140 }),
      silverRow({ reading_id: 'r2', content_hash: 'c2', status: 'entered-in-error', event_time: at('07:10:00') }),
    ]);
    expect(row).toMatchObject({ as_of: '2026-11-21T07:00:00.000Z', heart_rate: 70, news2_high: 0 });
  });

  test('of two readings at one instant the greater reading_id counts', async () => {
    const same = { event_time: at('07:00:00') };
    const [row] = await carried([
      silverRow({ reading_id: 'r2', ...same, heart_rate: 90 }),
      silverRow({ reading_id: 'r1', ...same, heart_rate: 60, spo2: 95 }),
    ]);
    expect(row).toMatchObject({ heart_rate: 90, spo2: 95 });
  });

  test('a patient to whom NEWS2 does not apply has no score but the reason', async () => {
    const [row] = await carried([silverRow({ ...WELL, news2_reason: 'pregnant' })]);
    expect(row).toMatchObject({ news2_low: null, news2_high: null, news2_band_low: null, news2_reason: 'pregnant' });
  });
});

describe('the points in SQL are those of the chart', () => {
  const nothing: News2Input = {
    respiratory_rate: null,
    spo2: null,
    spo2_scale: 1,
    supplemental_oxygen: null,
    systolic_bp: null,
    heart_rate: null,
    consciousness: null,
    temperature: null,
    age: null,
    pregnant: null,
  };

  /** Scores every input as a patient of its own, in SQL and in TypeScript. */
  async function compare(inputs: readonly News2Input[]): Promise<void> {
    const rows = inputs.map(({ age, pregnant: _, ...vitals }, index) =>
      silverRow({ reading_id: `r${index}`, patient_id: `p${String(index).padStart(5, '0')}`, age, ...vitals }),
    );
    const found = await carried(rows);
    expect(found.map(scoreOf)).toEqual(inputs.map((input) => expected(news2(input))));
  }

  const expected = (score: News2) => [score.low, score.high, score.band_low, score.band_high, score.missing.join(',')];
  const scoreOf = (row: QueryRow) => [
    row['news2_low'],
    row['news2_high'],
    row['news2_band_low'],
    row['news2_band_high'],
    row['news2_missing'] ?? '',
  ];

  test('at every value of every parameter', async () => {
    const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
    const oxygen = [null, false, true];
    await compare([
      ...range(0, 45).map((respiratory_rate) => ({ ...nothing, respiratory_rate })),
      ...range(70, 100).flatMap((spo2) =>
        oxygen.flatMap((supplemental_oxygen) =>
          ([1, 2] as const).map((spo2_scale) => ({ ...nothing, spo2, spo2_scale, supplemental_oxygen })),
        ),
      ),
      ...range(60, 240).map((systolic_bp) => ({ ...nothing, systolic_bp })),
      ...range(20, 200).map((heart_rate) => ({ ...nothing, heart_rate })),
      ...range(3400, 4000).map((hundredths) => ({ ...nothing, temperature: hundredths / 100 })),
      ...(['A', 'C', 'V', 'P', 'U'] as const).map((consciousness) => ({ ...nothing, consciousness })),
    ]);
  });

  test('for any reading', async () => {
    const reading = fc.record({
      respiratory_rate: fc.option(fc.integer({ min: 4, max: 40 })),
      spo2: fc.option(fc.integer({ min: 78, max: 100 })),
      spo2_scale: fc.constantFrom(1 as const, 2 as const),
      supplemental_oxygen: fc.option(fc.boolean()),
      systolic_bp: fc.option(fc.integer({ min: 80, max: 230 })),
      heart_rate: fc.option(fc.integer({ min: 30, max: 140 })),
      consciousness: fc.option(fc.constantFrom('A' as const, 'A' as const, 'C' as const)),
      temperature: fc.option(fc.integer({ min: 3400, max: 4000 }).map((hundredths) => hundredths / 100)),
      age: fc.constant(null),
      pregnant: fc.constant(null),
    });
    await fc.assert(fc.asyncProperty(fc.array(reading, { minLength: 150, maxLength: 150, size: 'max' }), compare), {
      numRuns: 4,
      endOnFailure: true,
    });
  });
});
