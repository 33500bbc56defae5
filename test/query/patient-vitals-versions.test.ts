import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openDatabase, type Database } from '../../query/database.js';
import { VIEWS } from '../../query/views.generated.js';
import type { SilverRow } from '../../schema/tables/silver-patient-vitals.js';
import { compareVersions } from '../../transforms/version-order.js';
import { silverRow } from './fixture-rows.js';

/** Histories a run; more by VERSION_HISTORIES=100000 npm test -- test/query/patient-vitals-versions. */
const HISTORIES = Number(process.env['VERSION_HISTORIES'] ?? 400);
const SEED = 20_261_121;
const VIEW = VIEWS.find((view) => view.name === 'silver.patient_vitals_versions')!.sql;

interface Interval {
  readonly reading_id: string;
  readonly content_hash: string;
  readonly from: number;
  readonly to: number | null;
  readonly never_current: boolean;
}

/** Small ranges, so that ties of every kind come up: times of arrival, sent times, statuses. */
const version = fc.record({
  status: fc.constantFrom('final', 'final', 'corrected', 'entered-in-error'),
  sent_time: fc.option(fc.integer({ min: 0, max: 2 })),
  known_from: fc.integer({ min: 1, max: 6 }),
});
const history = fc.array(version, { minLength: 1, maxLength: 6 });

function rowsOf(histories: readonly (readonly Partial<SilverRow>[])[]): SilverRow[] {
  return histories.flatMap((versions, reading) =>
    versions.map((given, place) =>
      silverRow({ ...given, reading_id: `r${reading}`, content_hash: `c${(place * 7) % 11}`, patient_id: 'p1' }),
    ),
  );
}

async function intervalsOf(database: Database, rows: readonly SilverRow[]): Promise<Interval[]> {
  const values = rows.map(({ reading_id, status, sent_time, content_hash, known_from }) => {
    const time = (millis: number | null) => (millis === null ? 'NULL' : `make_timestamptz(${millis * 1000})`);
    return `('p1', '${reading_id}', '${status}', ${time(sent_time)}, '${content_hash}', ${time(known_from)})`;
  });
  await database.run('CREATE SCHEMA IF NOT EXISTS silver');
  await database.run(
    `CREATE OR REPLACE TABLE silver.patient_vitals (patient_id VARCHAR, reading_id VARCHAR, status VARCHAR,
       sent_time TIMESTAMPTZ, content_hash VARCHAR, known_from TIMESTAMPTZ)`,
  );
  await database.run(`INSERT INTO silver.patient_vitals VALUES ${values.join(', ')}`);
  const found = await database.rows(
    `SELECT reading_id, content_hash, epoch_ms(known_from)::DOUBLE AS "from", epoch_ms(known_to)::DOUBLE AS "to",
       never_current FROM (${VIEW})`,
  );
  return found as unknown as Interval[];
}

/** The greatest version that had arrived by a time, in plain TypeScript. */
function currentAt(versions: readonly SilverRow[], time: number): SilverRow | undefined {
  const arrived = versions.filter((row) => (row.known_from ?? 0) <= time);
  return arrived.sort(compareVersions).at(-1);
}

describe('the intervals of silver.patient_vitals_versions', () => {
  test('agree at any time with the greatest version that had arrived, never overlap, and leave no gap', async () => {
    const database = await openDatabase({ memoryLimit: '256MB' });
    const histories = fc.sample(history, { numRuns: HISTORIES, seed: SEED });
    const rows = rowsOf(histories);
    const intervals = await intervalsOf(database, rows);
    await database.close();
    expect(intervals).toHaveLength(rows.length);
    histories.forEach((_, reading) => {
      const own = intervals.filter((interval) => interval.reading_id === `r${reading}`);
      const versions = rows.filter((row) => row.reading_id === `r${reading}`);
      for (let time = 0; time <= 8; time += 1) {
        const shown = own.filter(({ from, to }) => from <= time && (to === null || to > time));
        const wanted = currentAt(versions, time);
        // Exactly one from the first arrival on, and none before: no overlap and no gap.
        expect(shown.map(({ content_hash }) => content_hash)).toEqual(wanted ? [wanted.content_hash] : []);
      }
      for (const { from, to, never_current } of own) expect(never_current).toBe(to === from);
    });
  });

  test('cover [first arrival, infinity) end to end, also between whole numbers', async () => {
    const database = await openDatabase({ memoryLimit: '256MB' });
    const rows = rowsOf(fc.sample(history, { numRuns: HISTORIES, seed: SEED + 1 }));
    const intervals = await intervalsOf(database, rows);
    await database.close();
    const readings = new Set(rows.map((row) => row.reading_id));
    for (const reading of readings) {
      const own = intervals.filter(({ reading_id, never_current }) => reading_id === reading && !never_current);
      own.sort((a, b) => a.from - b.from);
      const first = Math.min(...rows.filter((row) => row.reading_id === reading).map((row) => row.known_from ?? 0));
      expect(own.map(({ from }) => from)).toEqual([first, ...own.slice(0, -1).map(({ to }) => to)]);
      expect(own.at(-1)?.to).toBeNull();
    }
  });

  test('take versions from before the column as known for ever', async () => {
    const database = await openDatabase({ memoryLimit: '256MB' });
    const rows = [
      silverRow({ content_hash: 'a', known_from: null }),
      silverRow({ content_hash: 'b', known_from: null, status: 'corrected' }),
      silverRow({ content_hash: 'c', known_from: 5, status: 'entered-in-error' }),
    ];
    const found = await intervalsOf(database, rows);
    await database.close();
    const by = (a: Interval, b: Interval) => (a.content_hash < b.content_hash ? -1 : 1);
    expect(found.sort(by)).toEqual([
      { reading_id: 'r1', content_hash: 'a', from: 0, to: 0, never_current: true },
      { reading_id: 'r1', content_hash: 'b', from: 0, to: 5, never_current: false },
      { reading_id: 'r1', content_hash: 'c', from: 5, to: null, never_current: false },
    ]);
  });
});
