import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLakeFiles } from '../../lake/lake-files.js';
import { openLakeSnapshot, type LakeSnapshot } from '../../lake/reader.js';
import { GcsStorage } from '../../lake/storage/gcs.js';
import { auditSnapshot } from '../../query/audit/audit.js';
import { openLookups } from '../../query/lookups.js';
import { openQuerySession } from '../../query/session.js';
import { scratch } from '../lake/scratch.js';
import { FakeGcs } from '../lake/storage/fake-gcs.js';
import { soundRows, writeLake } from './sound-lake.js';
import { writeWithLake } from './written-lake.js';

const OPTIONS = { memoryLimit: '256MB', threads: 1 } as const;

let fake: FakeGcs;
let storage: GcsStorage;
let snapshot: LakeSnapshot;
let cache: string;

beforeEach(async () => {
  fake = await FakeGcs.start();
  storage = new GcsStorage('gs://lake-bucket/lake', { endpoint: fake.endpoint });
  await writeWithLake(storage, soundRows(), true);
  snapshot = await openLakeSnapshot(storage);
  cache = join(scratch(), 'cache');
});
afterEach(() => fake.stop());

const files = () => openLakeFiles(storage, { folder: cache });
const session = () => openQuerySession(snapshot, { ...OPTIONS, files: files() });
const copied = () =>
  readdirSync(cache, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.parquet'));
const liveFiles = (name: string) => snapshot.tables.get(name)!.files;

describe('a lake in a bucket', () => {
  test('is queried over copies of the tables that a statement names, through views too', async () => {
    const opened = await session();
    await opened.all('SELECT 1');
    await opened.all('DESCRIBE silver.dead_letter');
    expect(copied()).toHaveLength(liveFiles('silver.dead_letter').length);
    const [row] = await opened.all('SELECT count(*) AS n FROM gold.current_alerts');
    expect(row).toEqual({ n: expect.any(Number) });
    expect(copied()).toHaveLength(liveFiles('silver.dead_letter').length + liveFiles('gold.alerts').length);
    await opened.close();
  });

  test('answers as the same lake on disk', async () => {
    const local = await openQuerySession(await writeLake(soundRows()), OPTIONS);
    const remote = await session();
    const sql = 'SELECT reading_id, event_date, heart_rate FROM silver.current_patient_vitals ORDER BY ALL';
    const rows = await remote.all(sql);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows).toEqual(await local.all(sql));
    await Promise.all([local.close(), remote.close()]);
  });

  test('a cache that is deleted under an open session is made anew', async () => {
    const opened = await session();
    const sql = 'SELECT count(*) AS n FROM silver.patient_vitals';
    const before = await opened.all(sql);
    rmSync(cache, { recursive: true });
    expect(await opened.all(sql)).toEqual(before);
    await opened.close();
  });

  test('lets a query read the cache and nothing else', async () => {
    const secret = join(scratch(), 'secret.csv');
    writeFileSync(secret, 'a\n1\n');
    const opened = await session();
    await expect(opened.all(`FROM read_csv('${secret}')`)).rejects.toThrow(/Permission|disabled/i);
    await expect(opened.all(`FROM read_parquet('gs://lake-bucket/lake/x.parquet')`)).rejects.toThrow();
    await opened.close();
  });

  test('is audited like one on disk, every live file included', async () => {
    const report = await auditSnapshot(snapshot, { ...OPTIONS, files: files() });
    expect(report.invariants.filter((invariant) => !invariant.ok)).toEqual([]);
    const local = await auditSnapshot(await writeLake(soundRows()), OPTIONS);
    expect([report.silver_hash, report.gold_hash]).toEqual([local.silver_hash, local.gold_hash]);
  });

  test.each([
    ['is missing', (name: string) => fake.objects().delete(name)],
    [
      'has \\d+ bytes, \\d+ in the log',
      (name: string) => {
        const object = fake.objects().get(name)!;
        fake.objects().set(name, { ...object, bytes: object.bytes.subarray(1) });
      },
    ],
    [
      'is damaged',
      (name: string) => {
        const object = fake.objects().get(name)!;
        const bytes = Buffer.from(object.bytes).fill(0, 4, 60);
        fake.objects().set(name, { ...object, bytes });
      },
    ],
  ])('has its audit say which file %s', async (problem, harm) => {
    const [file] = liveFiles('silver.patient_vitals');
    harm(file!.location.slice('gs://lake-bucket/'.length));
    const report = await auditSnapshot(snapshot, { ...OPTIONS, files: files() });
    const found = report.invariants.find((invariant) => invariant.id === 'I6');
    expect(found?.ok).toBe(false);
    expect(found?.detail).toMatch(new RegExp(`silver\\.patient_vitals/${file!.path} ${problem}`));
  });

  test('is looked up over copies of the files that may hold the answer', async () => {
    const lookups = await openLookups({ ...OPTIONS, files: files() });
    lookups.refresh(snapshot.tables);
    const keys = await lookups.readingKeysBetween(-Infinity, Infinity);
    expect(new Set(keys.reading_id).size).toBeGreaterThan(0);
    expect(copied()).toHaveLength(liveFiles('silver.patient_vitals').length);
    expect(await lookups.versionsOf([keys.reading_id[0]!])).not.toEqual([]);
    await lookups.close();
  });
});
