import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { selectTables } from '../../../bigquery/load/select-tables.js';
import { qualifiedName } from '../../../schema/column.js';
import type { FakeBigQuery } from '../../support/fake-bigquery/fake-bigquery.js';
import { GoogleError } from '../../support/fake-bigquery/google-error.js';
import { createTables } from './create-tables.js';
import { GrowingLake } from './growing-lake.js';
import { lakeRows, warehouseRows } from './rows-of.js';
import { load, scratchFolder, warehouse } from './setting.js';

const GOLD = selectTables(undefined);
const ALL = selectTables('bronze,silver,gold,reference');
const open: GrowingLake[] = [];

afterEach(async () => {
  for (const lake of open.splice(0)) await lake.close();
});

async function growingLake(batches: number): Promise<GrowingLake> {
  const lake = await GrowingLake.open(join(scratchFolder(), 'lake'));
  open.push(lake);
  await lake.grow(batches);
  return lake;
}

async function expectEqual(fake: FakeBigQuery, { root }: GrowingLake, tables = GOLD): Promise<void> {
  for (const table of tables) expect(warehouseRows(fake, table)).toEqual(await lakeRows(root, table));
}

describe('a load', () => {
  test('brings every row of gold once, and a second one brings nothing', async () => {
    const [fake, lake] = [await warehouse(), await growingLake(7)];
    const report = await load(fake, lake.root);
    expect(report.rows).toBe((await Promise.all(GOLD.map((table) => lakeRows(lake.root, table)))).flat().length);
    expect(report.rows).toBeGreaterThan(50);
    await expectEqual(fake, lake);
    expect(await load(fake, lake.root)).toMatchObject({ jobs: 0, rows: 0, found: 0 });
    await expectEqual(fake, lake);
  });

  test('brings bronze, silver and reference too, with every type of column', async () => {
    const [fake, lake] = [await warehouse(), await growingLake(4)];
    await lake.people(9);
    createTables(fake);
    await load(fake, lake.root, { tables: ALL, create: false });
    await expectEqual(fake, lake, ALL);
    expect(warehouseRows(fake, selectTables('reference')[0]!)).toHaveLength(9);
  });

  test('brings only what came after, also when compaction has merged loaded rows with new ones', async () => {
    const [fake, lake] = [await warehouse(), await growingLake(6)];
    await load(fake, lake.root);
    await lake.grow(5);
    await lake.compact();
    await lake.grow(1);
    const before = fake.store.table('gold', 'alerts').rows.length;
    const { tables } = await load(fake, lake.root);
    expect(tables.find(({ table }) => table === 'gold.alerts')?.rows).toBe(6 * 4);
    expect(fake.store.table('gold', 'alerts').rows).toHaveLength(before + 24);
    await expectEqual(fake, lake);
  });

  test('replaces the people when they have changed, and only then', async () => {
    const [fake, lake] = [await warehouse(), await growingLake(1)];
    createTables(fake);
    const tables = selectTables('reference');
    for (const [people, jobs] of [
      [3, 1],
      [3, 0],
      [5, 1],
      [3, 1],
    ] as const) {
      await lake.people(people);
      expect(await load(fake, lake.root, { tables })).toMatchObject({ jobs });
      await expectEqual(fake, lake, tables);
    }
  });

  test('fills in the past by days, and the rest later without doubling a row', async () => {
    const [fake, lake] = [await warehouse(), await growingLake(12)];
    const day = { from: '2026-11-21', to: '2026-11-21' };
    await load(fake, lake.root, { range: day });
    const dates = fake.store.table('gold', 'alerts').rows.map((row) => row['event_date']);
    expect(new Set(dates)).toEqual(new Set(['2026-11-21']));
    await load(fake, lake.root, { range: { from: null, to: '2026-11-21' } });
    await lake.grow(3);
    await load(fake, lake.root);
    await expectEqual(fake, lake);
  });

  test('of a dry run says what it would do and does nothing', async () => {
    const [fake, lake] = [await warehouse(), await growingLake(6)];
    const report = await load(fake, lake.root, { dryRun: true });
    expect(report.planned?.map(({ table }) => table)).toContain('gold.alerts');
    expect(report.planned?.every(({ first, last }) => first === 1 && last === 6)).toBe(true);
    expect(fake.jobs.size).toBe(0);
    expect(fake.store.tables.size).toBe(0);
  });

  test('begins anew for a table that was dropped and created again', async () => {
    const [fake, lake] = [await warehouse(), await growingLake(3)];
    await load(fake, lake.root);
    fake.store.tables.delete('gold.alerts');
    const { tables } = await load(fake, lake.root);
    expect(tables.filter(({ rows }) => rows > 0).map(({ table }) => table)).toEqual(['gold.alerts']);
    await expectEqual(fake, lake);
  });
});

describe('what goes wrong while loading', () => {
  test('a ledger that is lost is found again from the jobs', async () => {
    const [fake, lake] = [await warehouse(), await growingLake(5)];
    await load(fake, lake.root);
    fake.store.tables.delete('gold.load_ledger');
    const report = await load(fake, lake.root);
    expect(report.found).toBe(report.jobs);
    expect(report.jobs).toBeGreaterThan(0);
    await expectEqual(fake, lake);
  });

  test('a job whose answer is lost is not handed in twice', async () => {
    const [fake, lake] = [await warehouse(), await growingLake(5)];
    const lost = new Set<string>();
    fake.faults.loseAnswer = (method, path) => {
      if (method === 'GET' || lost.size > 3) return false;
      lost.add(`${fake.requests.length}`);
      return path.includes('jobs');
    };
    await load(fake, lake.root);
    expect(lost.size).toBeGreaterThan(0);
    await expectEqual(fake, lake);
  });

  test('a job that dies half-way has loaded nothing, and its next attempt has another name', async () => {
    const [fake, lake] = [await warehouse(), await growingLake(5)];
    fake.faults.job = (jobId) => (jobId.endsWith('_1') ? { reason: 'backendError', message: 'died' } : null);
    await load(fake, lake.root);
    await expectEqual(fake, lake);
    fake.faults.job = () => null;
    expect(await load(fake, lake.root)).toMatchObject({ jobs: 0 });
    await lake.grow(2);
    await load(fake, lake.root);
    await expectEqual(fake, lake);
  });

  test('a service that is often busy is asked again', async () => {
    const [fake, lake] = [await warehouse(), await growingLake(5)];
    let asked = 0;
    fake.faults.before = () => {
      asked += 1;
      if (asked % 3 === 0)
        return new GoogleError(
          503,
          'backendError',
          'Error encountered during execution. Retrying may solve the problem.',
        );
      return asked % 5 === 0 ? new GoogleError(403, 'rateLimitExceeded', 'Exceeded rate limits') : null;
    };
    await load(fake, lake.root, {
      client: {
        endpoint: { url: fake.url, standIn: true },
        retries: { attempts: 10, firstDelayMillis: 0, maxDelayMillis: 0 },
        random: () => 0,
        wait: () => Promise.resolve(),
      },
    });
    await expectEqual(fake, lake);
  });

  test('two loaders at once load each row once', async () => {
    const [fake, lake] = [await warehouse(), await growingLake(9)];
    fake.jobMillis = () => 5;
    await Promise.all([load(fake, lake.root), load(fake, lake.root), load(fake, lake.root)]);
    await expectEqual(fake, lake);
  });

  test('two loaders that see different ends of the lake load each row once', async () => {
    const [fake, lake] = [await warehouse(), await growingLake(4)];
    fake.jobMillis = () => 20;
    const first = load(fake, lake.root);
    await lake.grow(3);
    await Promise.all([first, load(fake, lake.root)]);
    await load(fake, lake.root);
    await expectEqual(fake, lake);
  });

  test('a quota that is used up says when to go on, and nothing is lost or doubled', async () => {
    const [fake, lake] = [await warehouse(), await growingLake(6)];
    createTables(fake, GOLD);
    fake.store.table('gold', 'alerts').modifications = 1_499;
    await expect(load(fake, lake.root)).rejects.toThrow(/1,500 changes a day/);
    fake.store.table('gold', 'alerts').modifications = 0;
    await load(fake, lake.root);
    await expectEqual(fake, lake);
  });

  test('rows that no load explains are not loaded over', async () => {
    const [fake, lake] = [await warehouse(), await growingLake(3)];
    await load(fake, lake.root);
    const copy = fake.store.table('gold', 'alerts');
    fake.store.tables.delete('gold.alerts');
    fake.store.create('gold', 'alerts', copy.resource).rows.push(...copy.rows);
    await expect(load(fake, lake.root)).rejects.toThrow(
      /gold\.alerts holds 12 rows that no load of this lake explains\. Empty it/,
    );
  });

  test('another lake with the same numbers is told apart', async () => {
    const fake = await warehouse();
    await load(fake, (await growingLake(2)).root);
    const other = await GrowingLake.open(join(scratchFolder(), 'lake'), () => 1_800_000_000_000);
    open.push(other);
    await other.grow(2);
    await expect(load(fake, other.root)).rejects.toThrow(/^--lake: .* was loaded from another lake/);
  });
});

test('every gold table has rows to compare in these tests or is known to be empty', async () => {
  const lake = await growingLake(1);
  const filled = [];
  for (const table of ALL) if ((await lakeRows(lake.root, table)).length > 0) filled.push(qualifiedName(table));
  expect(filled).toEqual([
    'bronze.patient_vitals',
    'silver.patient_vitals',
    'silver.dead_letter',
    'gold.vitals_hourly',
    'gold.alerts',
  ]);
});
