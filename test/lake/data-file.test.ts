import { beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { sequenceOf, writeDataFiles } from '../../lake/data-file.js';
import type { DataFile } from '../../lake/manifest.js';
import { decodeParquet } from '../../lake/parquet.js';
import { LocalStorage } from '../../lake/storage/local.js';
import { compileLake } from './compiled-lake.js';
import { NOON, rowsOf, tableNamed } from './rows.js';
import { scratch } from './scratch.js';

const TABLE = tableNamed('gold.alerts');
const DAY = 86_400_000;

describe('data files', () => {
  test('are one per date, named by batch and content, and described exactly', async () => {
    const storage = new LocalStorage(scratch());
    const rows = [...rowsOf(TABLE, 7, 3, NOON), ...rowsOf(TABLE, 7, 2, NOON + DAY), ...rowsOf(TABLE, 7, 1, NOON)];
    const files = await writeDataFiles(storage, TABLE, 7, rows);
    expect(files.map((file) => [file.partition, file.rows])).toEqual([
      [{ event_date: '2026-11-21' }, 4],
      [{ event_date: '2026-11-22' }, 2],
    ]);
    for (const file of files) {
      const bytes = readFileSync(join(storage.root, 'gold/alerts', file.path));
      expect(bytes.length).toBe(file.bytes);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
      expect(file.path).toMatch(new RegExp(`/000000000007-${file.sha256.slice(0, 16)}\\.parquet$`));
      expect(sequenceOf(file.path)).toBe(7);
      expect(file.stats['batch']).toEqual([7, 7]);
      expect(decodeParquet(bytes, TABLE)).toHaveLength(file.rows);
    }
    expect(files[1]!.stats['event_time']).toEqual([NOON + DAY, NOON + DAY]);
  });

  test('of a table without partitions lie in its folder; no rows, no file', async () => {
    const storage = new LocalStorage(scratch());
    const table = tableNamed('reference.patients');
    const [file] = await writeDataFiles(storage, table, 1, rowsOf(table, 1, 2));
    expect(file!.path).toMatch(/^000000000001-[0-9a-f]{16}\.parquet$/);
    expect(file!.partition).toEqual({});
    expect(await writeDataFiles(storage, table, 1, [])).toEqual([]);
  });

  test('written again are the same files', async () => {
    const storage = new LocalStorage(scratch());
    const first = await writeDataFiles(storage, TABLE, 1, rowsOf(TABLE, 1, 3));
    expect(await writeDataFiles(storage, TABLE, 1, rowsOf(TABLE, 1, 3))).toEqual(first);
    expect(await storage.list('')).toHaveLength(1);
  });

  test('that are there with another length are not taken for the same', async () => {
    const storage = new LocalStorage(scratch());
    const [file] = await writeDataFiles(storage, TABLE, 1, rowsOf(TABLE, 1, 3));
    truncateSync(join(storage.root, 'gold/alerts', file!.path), 10);
    await expect(writeDataFiles(storage, TABLE, 1, rowsOf(TABLE, 1, 3))).rejects.toMatchObject({ code: 'CORRUPT' });
  });

  test('are refused for a row without a date', async () => {
    const rows = [{ ...rowsOf(TABLE, 1, 1)[0], event_date: null }];
    const storage = new LocalStorage(scratch());
    await expect(writeDataFiles(storage, TABLE, 1, rows)).rejects.toThrow(/gold\.alerts has no date in .* event_date/);
  });
});

describe('threads', () => {
  let compiled = '';
  beforeAll(() => {
    compiled = compileLake();
    writeFileSync(
      join(compiled, 'worker.mjs'),
      `import { parentPort, workerData } from 'node:worker_threads';
       import { writeDataFiles } from './lake/data-file.js';
       import { LocalStorage } from './lake/storage/local.js';
       import { GOLD_ALERTS } from './schema/tables/gold-alerts.js';
       const storage = new LocalStorage(workerData.root);
       parentPort.postMessage(await writeDataFiles(storage, GOLD_ALERTS, workerData.sequence, workerData.rows));`,
    );
  });

  test('write data files at the same time as this one, each its own, equal rows the same', async () => {
    const storage = new LocalStorage(scratch());
    const inThread = (sequence: number, count: number) =>
      new Promise<DataFile[]>((resolve, reject) => {
        const workerData = { root: storage.root, sequence, rows: rowsOf(TABLE, sequence, count) };
        const worker = new Worker(join(compiled, 'worker.mjs'), { workerData, execArgv: [] });
        worker.once('message', resolve);
        worker.once('error', reject);
      });
    const [a, b, same, here] = await Promise.all([
      inThread(1, 5),
      inThread(2, 6),
      inThread(1, 5),
      writeDataFiles(storage, TABLE, 1, rowsOf(TABLE, 1, 5)),
    ]);
    expect(a).toEqual(here);
    expect(same).toEqual(here);
    expect(await storage.list('')).toHaveLength(2);
    for (const file of [...a, ...b]) {
      const bytes = readFileSync(join(storage.root, 'gold/alerts', file.path));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
    }
  });
});
