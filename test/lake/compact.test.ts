import { describe, expect, test } from '@jest/globals';
import { DuckDBInstance } from '@duckdb/node-api';
import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { openLakeWriter } from '../../lake/lake.js';
import type { LakeWriter } from '../../lake/lake-writer.js';
import { encodeParquet } from '../../lake/parquet.js';
import { planMerges } from '../../lake/plan-merges.js';
import { LakeReader, openLakeSnapshot } from '../../lake/reader.js';
import { LocalStorage } from '../../lake/storage/local.js';
import type { Storage } from '../../lake/storage/storage.js';
import type { Table } from '../../schema/column.js';
import { TABLES } from '../../schema/index.js';
import { mergeFiles } from '../../lake/merge-files.js';
import { commitBatch, contents, expected, live, messagesOf } from './drive.js';
import { fakeProcess } from './fake-process.js';
import { Crash, FaultyStorage } from './faulty-storage.js';
import { MemoryStorage } from './memory-storage.js';
import { NOON, rowsOf, VERSIONS } from './rows.js';
import { scratch } from './scratch.js';

const NAMES = ['bronze.patient_vitals', 'silver.patient_vitals', 'gold.alerts'];
const HOUR = 3_600_000;

async function lakeOf(storage: Storage, batches: number, clock = () => NOON): Promise<LakeWriter> {
  await live(storage, batches, { clock });
  return openLakeWriter(storage, { clock, processInfo: fakeProcess() });
}

async function expectRows(storage: Storage, batches: number): Promise<void> {
  const snapshot = await openLakeSnapshot(storage);
  expect(snapshot.sequence).toBe(batches);
  for (const name of NAMES) expect(await contents(storage, snapshot, name)).toEqual(expected(name, batches));
}

async function filesOf(storage: Storage, name: string) {
  return (await openLakeSnapshot(storage)).tables.get(name)!.files;
}

describe.each([
  ['on disk', () => new LocalStorage(scratch())],
  ['elsewhere', () => new MemoryStorage()],
])('compaction of a lake %s', (_, make) => {
  test('keeps every row, bronze payloads byte for byte, in fewer files', async () => {
    const storage: Storage = make();
    const writer = await lakeOf(storage, 9);
    const { merges } = await writer.compact({ minFiles: 4 });
    expect(merges.map(({ table, files, rows }) => [table, files, rows])).toEqual([
      ['bronze.patient_vitals', 9, 27],
      ['silver.patient_vitals', 9, 18],
      ['gold.alerts', 4, 4],
    ]);
    await expectRows(storage, 9);
    // Only three batches spanned midnight: not enough to merge.
    expect((await filesOf(storage, 'bronze.patient_vitals')).map((file) => file.rows)).toEqual([1, 1, 1, 27]);
    expect((await filesOf(storage, 'silver.patient_vitals'))[0]!.stats['batch']).toEqual([1, 9]);
    expect((await writer.readFrozen(5)).map((message) => message.payload)).toEqual(
      messagesOf(5).map((message) => message.payload),
    );
    expect(await writer.compact({ minFiles: 4 })).toEqual({ merges: [] });
    await writer.close();
  });
});

describe('compaction', () => {
  test('of one table leaves the others alone', async () => {
    const storage = new LocalStorage(scratch());
    const writer = await lakeOf(storage, 4);
    const { merges } = await writer.compact({ minFiles: 2, tables: ['gold.alerts'] });
    expect(merges.map((merge) => merge.table)).toEqual(['gold.alerts']);
    expect(await filesOf(storage, 'silver.patient_vitals')).toHaveLength(4);
  });

  test('never touches frozen batches that have no manifest', async () => {
    const storage = new LocalStorage(scratch());
    const writer = await lakeOf(storage, 2);
    for (const batch of [3, 4, 5, 6]) await writer.freeze(messagesOf(batch), { positions: batch, versions: VERSIONS });
    expect(await writer.compact({ minFiles: 4 })).toEqual({ merges: [] });
    for (const batch of [3, 4, 5, 6]) await commitBatch(writer, batch);
    await writer.compact({ minFiles: 4 });
    await expectRows(storage, 6);
  });

  test('runs while batches are committed and readers look, and no reader ever sees a row twice or none', async () => {
    const storage = new LocalStorage(scratch());
    const writer = await lakeOf(storage, 6);
    const following = new LakeReader(storage);
    let done = false;
    const commits = (async () => {
      for (let batch = 7; batch <= 16; batch++) {
        await writer.freeze(messagesOf(batch), { positions: batch, versions: VERSIONS });
        await commitBatch(writer, batch);
      }
    })();
    const compactions = (async () => {
      for (let i = 0; i < 3; i++) await writer.compact({ minFiles: 2 });
    })();
    const reads = (async () => {
      let seen = 0;
      while (!done || seen < 16) {
        for (const snapshot of [await following.snapshot(), await openLakeSnapshot(storage)]) {
          for (const name of NAMES) {
            expect(await contents(storage, snapshot, name)).toEqual(expected(name, snapshot.sequence));
          }
          expect(snapshot.sequence).toBeGreaterThanOrEqual(seen);
          seen = snapshot.sequence;
        }
      }
    })();
    await Promise.all([commits, compactions]);
    done = true;
    await reads;
    await writer.compact({ minFiles: 2 });
    await expectRows(storage, 16);
    await writer.close();
  });

  test('that dies before or after any change it makes loses nothing and doubles nothing', async () => {
    const base = new MemoryStorage();
    await live(base, 4);
    const copy = () => {
      const storage = new MemoryStorage();
      for (const [path, object] of base.objects) storage.objects.set(path, object);
      return storage;
    };
    const attempt = async (storage: Storage) => {
      const processInfo = fakeProcess();
      try {
        const writer = await openLakeWriter(storage, { clock: () => NOON, processInfo });
        await writer.compact({ minFiles: 2, tables: ['gold.alerts'] });
        await writer.vacuum({ tombstoneAge: 0 });
        await writer.close();
      } finally {
        processInfo.die();
      }
    };
    const probe = new FaultyStorage(copy());
    await attempt(probe);
    for (let crashAt = 1; crashAt <= probe.operations; crashAt++) {
      for (const when of ['before', 'after'] as const) {
        const storage = copy();
        await expect(attempt(new FaultyStorage(storage, crashAt, when))).rejects.toThrow(Crash);
        await expectRows(storage, 4);
        await attempt(storage);
        await expectRows(storage, 4);
        expect(await filesOf(storage, 'gold.alerts')).toHaveLength(1);
      }
    }
  });

  test('that finds other rows in its files than the log promised changes nothing', async () => {
    const storage = new MemoryStorage();
    const writer = await lakeOf(storage, 3);
    const [file] = await filesOf(storage, 'silver.patient_vitals');
    const path = `silver/patient_vitals/${file!.path}`;
    const table = (TABLES as readonly Table[])[1]!;
    storage.objects.set(path, { bytes: encodeParquet(table, rowsOf(table, 1, 1)), modified: NOON });
    await expect(writer.compact({ minFiles: 2 })).rejects.toThrow(/silver\.patient_vitals gave 5 rows instead of 6/);
    expect(await filesOf(storage, 'silver.patient_vitals')).toHaveLength(3);
  });
});

describe('merged files', () => {
  test.each((TABLES as readonly Table[]).map((table) => [`${table.tier}.${table.name}`, table] as const))(
    'of %s have the same Parquet types as those of a batch',
    async (_, table) => {
      const storage = new LocalStorage(scratch());
      await storage.putIfAbsent('a.parquet', encodeParquet(table, rowsOf(table, 1, 5)));
      await mergeFiles(storage, table, ['a.parquet', 'a.parquet'], 10, 1000, () => 'b.parquet');
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      const schemaOf = async (name: string) => {
        const sql = `SELECT name, type, converted_type, repetition_type,
          regexp_replace(coalesce(logical_type, ''), 'is_from_converted_type=.|=\\d', '', 'g') AS logical
          FROM parquet_schema('${join(storage.root, name)}') WHERE num_children IS NULL`;
        return (await connection.runAndReadAll(sql)).getRowObjects();
      };
      const types = ({ name, type }: Record<string, unknown>) => [name, type];
      const [before, after] = [await schemaOf('a.parquet'), await schemaOf('b.parquet')];
      expect(after.map(types)).toEqual(before.map(types));
      const described = async (name: string) =>
        (await connection.runAndReadAll(`DESCRIBE FROM '${join(storage.root, name)}'`)).getRowObjects();
      expect(await described('b.parquet')).toEqual(await described('a.parquet'));
    },
  );
});

describe('the choice of files to merge', () => {
  const candidate = (path: string, bytes: number, day = 'd') => ({
    add: { path, partitionValues: {}, size: bytes, modificationTime: 0, dataChange: true },
    file: { path, partition: { event_date: day }, rows: 1, bytes, stats: {} },
  });
  const many = (count: number, bytes: number, day?: string) =>
    Array.from({ length: count }, (_, i) => candidate(`${day ?? ''}${bytes}-${i}`, bytes, day));
  const sizes = (plan: ReturnType<typeof planMerges>) => plan.map((group) => group.map(({ file }) => file.bytes));
  const MIB = 1024 * 1024;

  test('waits for 32 small files of one partition', () => {
    expect(planMerges(many(31, 1000), {})).toEqual([]);
    expect(sizes(planMerges(many(32, 1000), {}))).toEqual([Array(32).fill(1000)]);
    expect(planMerges([...many(31, 1000, 'd'), ...many(31, 1000, 'e')], {})).toEqual([]);
  });

  test('takes files of like size, so that a large one is not written again for a few small ones', () => {
    expect(sizes(planMerges([...many(1, 6 * MIB), ...many(32, 1000)], {}))).toEqual([Array(32).fill(1000)]);
    expect(sizes(planMerges(many(8, 5 * MIB), {}))).toEqual([Array(8).fill(5 * MIB)]);
  });

  test('stops at 128 MiB, and leaves what is that large alone', () => {
    expect(sizes(planMerges(many(8, 30 * MIB), {}))).toEqual([Array(4).fill(30 * MIB)]);
    expect(planMerges(many(40, 128 * MIB), {})).toEqual([]);
  });
});

describe('vacuum', () => {
  test('deletes replaced files after an hour, and not before', async () => {
    let now = NOON;
    const storage = new LocalStorage(scratch());
    const writer = await lakeOf(storage, 4, () => now);
    await writer.compact({ minFiles: 4 });
    now += HOUR - 1;
    expect(await writer.vacuum()).toEqual({ replaced: 0, orphans: 0 });
    now += 1;
    expect(await writer.vacuum()).toEqual({ replaced: 8, orphans: 0 });
    expect(await writer.vacuum()).toEqual({ replaced: 0, orphans: 0 });
    await expectRows(storage, 4);
    expect(readdirSync(join(storage.root, 'silver/patient_vitals/event_date=2026-11-21'))).toHaveLength(1);
    await writer.close();
  });

  test('deletes a file that nothing names once it is a day old and its batch is finished', async () => {
    const storage = new LocalStorage(scratch());
    const writer = await lakeOf(storage, 2, () => Date.now());
    const folder = 'silver/patient_vitals/event_date=2026-11-21';
    const young = `${folder}/000000000001-00000000000000aa.parquet`;
    const old = `${folder}/000000000001-00000000000000bb.parquet`;
    const unfinished = `${folder}/000000000003-00000000000000cc.parquet`;
    const foreign = `${folder}/readme.txt`;
    for (const path of [young, old, unfinished, foreign]) await storage.putIfAbsent(path, Buffer.from('x'));
    const yesterday = Date.now() / 1000 - 25 * 3600;
    for (const path of [old, unfinished, foreign]) utimesSync(join(storage.root, path), yesterday, yesterday);
    for (const { location } of await filesOf(storage, 'silver.patient_vitals'))
      utimesSync(location, yesterday, yesterday);
    expect(await writer.vacuum()).toEqual({ replaced: 0, orphans: 1 });
    const left = await storage.list('silver/');
    expect([young, old, unfinished, foreign].map((path) => left.includes(path))).toEqual([true, false, true, true]);
    await expectRows(storage, 2);
    await writer.close();
  });
});
