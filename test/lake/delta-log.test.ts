import { describe, expect, test } from '@jest/globals';
import { unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDataFiles } from '../../lake/data-file.js';
import { decodeCheckpoint, encodeCheckpoint } from '../../lake/delta/checkpoint.js';
import { DeltaLog, type LogOptions } from '../../lake/delta/delta-log.js';
import { addOf, removeOf } from '../../lake/delta/file-action.js';
import { LAST_CHECKPOINT } from '../../lake/delta/log-name.js';
import { listLog, readLog } from '../../lake/delta/read-log.js';
import { decodeStats, encodeStats } from '../../lake/delta/stats.js';
import type { TableState } from '../../lake/delta/table-state.js';
import { LocalStorage } from '../../lake/storage/local.js';
import { LakeError } from '../../lake/lake-error.js';
import { NOON, rowsOf, tableNamed } from './rows.js';
import { scratch } from './scratch.js';

const TABLE = tableNamed('gold.alerts');
const clock = () => NOON;

function open(storage: LocalStorage, options: LogOptions = {}): Promise<DeltaLog> {
  return DeltaLog.open(storage, TABLE, clock, options);
}

/** Commits that add a file each; every tenth replaces the five oldest files. */
async function commitMany(log: DeltaLog, from: number, to: number): Promise<void> {
  for (let batch = from; batch <= to; batch++) {
    const file = { path: `event_date=2026-11-21/${batch}.parquet`, partition: { event_date: '2026-11-21' } };
    const stats = { event_time: [NOON, NOON + batch] as const };
    await log.append((state) => ({
      operation: 'WRITE',
      txn: { appId: 'vitals', version: batch },
      removes: batch % 10 === 0 ? [...state.live.values()].slice(0, 5).map((add) => removeOf(add, NOON)) : [],
      adds: [addOf(TABLE, { ...file, rows: batch, bytes: 100, stats }, NOON)],
    }));
  }
}

function describeState({ version, live, removed, transactions, metaData, protocol }: TableState): object {
  const sorted = <T>(map: ReadonlyMap<string, T>) => [...map.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  const files = sorted(live).map(([path, { dataChange: _, ...file }]) => [path, file]);
  const tombstones = sorted(removed).map(([path, { dataChange: _, ...file }]) => [path, file]);
  return { version, files, tombstones, transactions: sorted(transactions), id: metaData?.id, protocol };
}

describe('a Delta log', () => {
  test('begins with protocol 1/2, the schema and the partition column', async () => {
    const storage = new LocalStorage(scratch());
    await open(storage);
    const lines = Buffer.from(
      (await storage.readRange('gold/alerts/_delta_log/00000000000000000000.json', 0, null))!,
    ).toString();
    const actions = lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, never>);
    expect(actions.map((action) => Object.keys(action)[0])).toEqual(['commitInfo', 'protocol', 'metaData']);
    expect(actions[1]).toEqual({ protocol: { minReaderVersion: 1, minWriterVersion: 2 } });
    expect(actions[2]).toMatchObject({
      metaData: { partitionColumns: ['event_date'], format: { provider: 'parquet' } },
    });
  });

  test('of 250 commits is the same from its checkpoint as from its beginning', async () => {
    const storage = new LocalStorage(scratch());
    const log = await open(storage);
    await commitMany(log, 1, 250);
    const listing = await listLog(storage, log.folder);
    expect(listing.checkpoints).toEqual([100, 200]);
    const whole = await readLog(storage, log.folder, { ...listing, checkpoints: [] });
    for (const commit of whole.commits) whole.state.apply(commit.version, commit.actions);
    expect(whole.commits).toHaveLength(251);
    const reopened = await open(storage);
    expect(describeState(reopened.state)).toEqual(describeState(whole.state));
    expect(describeState(reopened.state)).toEqual(describeState(log.state));
    expect(reopened.transaction('vitals')).toBe(250);
  });

  test('can be read as of any version that is kept', async () => {
    const storage = new LocalStorage(scratch());
    const log = await open(storage, { checkpointEvery: 10, keepVersions: 30 });
    await commitMany(log, 1, 95);
    const listing = await listLog(storage, log.folder);
    for (const wanted of [60, 65, 90]) {
      const tail = await readLog(storage, log.folder, listing, (state) => state.version <= wanted);
      for (const commit of tail.commits) if (commit.version <= wanted) tail.state.apply(commit.version, commit.actions);
      expect(tail.state.version).toBe(wanted);
      expect(tail.state.transactions.get('vitals')).toBe(wanted);
      expect(tail.state.live.has(`event_date=2026-11-21/${wanted}.parquet`)).toBe(true);
    }
  });

  test('is cleaned up behind its checkpoints, and what is left can be opened', async () => {
    const storage = new LocalStorage(scratch());
    const options = { checkpointEvery: 10, keepVersions: 20 };
    const log = await open(storage, options);
    await commitMany(log, 1, 255);
    const listing = await listLog(storage, log.folder);
    expect(listing.commits[0]).toBe(230);
    expect(listing.checkpoints[0]).toBe(230);
    expect(describeState((await open(storage, options)).state)).toEqual(describeState(log.state));
    const gone = readLog(storage, log.folder, listing, (state) => state.version <= 229);
    await expect(gone).rejects.toMatchObject({ code: 'GONE' });
  });

  test('keeps what it was told to keep, however old', async () => {
    const storage = new LocalStorage(scratch());
    const log = await open(storage, { checkpointEvery: 10, keepVersions: 0 });
    log.keepFrom(57);
    await commitMany(log, 1, 100);
    expect((await listLog(storage, log.folder)).commits[0]).toBe(50);
    log.keepFrom(100);
    await commitMany(log, 101, 140);
    expect((await listLog(storage, log.folder)).commits[0]).toBe(100);
  });

  test('opens without the hint of the last checkpoint', async () => {
    const storage = new LocalStorage(scratch());
    const log = await open(storage, { checkpointEvery: 5 });
    await commitMany(log, 1, 12);
    const hint = Buffer.from((await storage.readRange(log.folder + LAST_CHECKPOINT, 0, null))!).toString();
    expect(JSON.parse(hint)).toMatchObject({ version: 10 });
    await storage.delete(log.folder + LAST_CHECKPOINT);
    expect(describeState((await open(storage)).state)).toEqual(describeState(log.state));
  });

  test('appends in turn when several commits are asked for at once', async () => {
    const log = await open(new LocalStorage(scratch()));
    const versions: number[] = [];
    const append = (batch: number) =>
      log.append((state) => {
        versions.push(state.version);
        return { operation: 'WRITE', txn: { appId: 'vitals', version: batch } };
      });
    await Promise.all([append(1), append(2), append(3)]);
    expect(versions).toEqual([0, 1, 2]);
    expect(log.transaction('vitals')).toBe(3);
  });

  test('that another writer has moved on is a conflict, and the writer stops', async () => {
    const storage = new LocalStorage(scratch());
    const [mine, theirs] = [await open(storage), await open(storage)];
    await commitMany(theirs, 1, 1);
    await expect(commitMany(mine, 1, 1)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/^Another writer committed version 1 of gold\.alerts\. Stop/),
    });
    await expect(commitMany(mine, 1, 1)).rejects.toMatchObject({ code: 'STOPPED' });
  });

  test('with a gap is refused', async () => {
    const storage = new LocalStorage(scratch());
    await commitMany(await open(storage), 1, 5);
    unlinkSync(join(storage.root, 'gold/alerts/_delta_log/00000000000000000003.json'));
    await expect(open(storage)).rejects.toThrow(/^The log of gold\/alerts lacks version 3\. Restore/);
  });

  test('without its beginning is refused', async () => {
    const storage = new LocalStorage(scratch());
    await commitMany(await open(storage), 1, 2);
    unlinkSync(join(storage.root, 'gold/alerts/_delta_log/00000000000000000000.json'));
    await expect(open(storage)).rejects.toThrow(/lacks version 0/);
  });

  test('with a torn commit is refused', async () => {
    const storage = new LocalStorage(scratch());
    await commitMany(await open(storage), 1, 2);
    writeFileSync(join(storage.root, 'gold/alerts/_delta_log/00000000000000000002.json'), '{"add":{"pa');
    await expect(open(storage)).rejects.toMatchObject({ code: 'CORRUPT' });
  });

  test('of another schema is refused', async () => {
    const storage = new LocalStorage(scratch());
    await open(storage);
    const other = { ...TABLE, columns: TABLE.columns.slice(1) };
    await expect(DeltaLog.open(storage, other, clock)).rejects.toThrow(LakeError);
    await expect(DeltaLog.open(storage, other, clock)).rejects.toMatchObject({ code: 'INCOMPATIBLE' });
  });
});

describe('a checkpoint', () => {
  test('gives back every action it was made of', () => {
    const actions = [
      { protocol: { minReaderVersion: 1, minWriterVersion: 2 } },
      { txn: { appId: 'vitals', version: 2 ** 40, lastUpdated: null } },
      {
        add: {
          path: 'é',
          partitionValues: { event_date: null },
          size: 1,
          modificationTime: 2,
          dataChange: false,
          stats: null,
        },
      },
      { add: { path: 'b', partitionValues: {}, size: 3, modificationTime: 4, dataChange: true, stats: '{}' } },
    ];
    const decoded = decodeCheckpoint(encodeCheckpoint(actions));
    expect(decoded).toHaveLength(actions.length);
    expect(decoded).toEqual(expect.arrayContaining(actions));
  });
});

describe('file statistics', () => {
  test('are of the rows that were written, times to the millisecond', async () => {
    const rows = rowsOf(TABLE, 4, 7);
    const [file] = await writeDataFiles(new LocalStorage(scratch()), TABLE, 4, rows);
    const stats = encodeStats(TABLE, file!.rows, file!.stats);
    const times = rows.map((row) => row['event_time'] as number);
    const iso = (time: number) => new Date(time).toISOString();
    expect(JSON.parse(stats)).toMatchObject({
      numRecords: 7,
      minValues: { batch: 4, event_time: iso(Math.min(...times)) },
      maxValues: { batch: 4, event_time: iso(Math.max(...times)) },
      nullCount: { batch: 0, event_time: 0 },
    });
    expect(decodeStats(TABLE, stats)).toEqual({ rows: 7, stats: file!.stats });
  });
});
