import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { buildFile } from '../../bigquery/load/build-file.js';
import { DeltaLog } from '../../lake/delta/delta-log.js';
import { writeDataFiles } from '../../lake/data-file.js';
import { openLakeWriter } from '../../lake/lake.js';
import { decodeParquet } from '../../lake/parquet.js';
import { openLakeSnapshot } from '../../lake/reader.js';
import { LocalStorage } from '../../lake/storage/local.js';
import { auditInProcess } from '../support/audit.js';
import { openLookups } from '../../query/lookups.js';
import { openQuerySession } from '../../query/session.js';
import type { Table } from '../../schema/column.js';
import { SILVER_PATIENT_VITALS } from '../../schema/tables/silver-patient-vitals.js';
import { manifest } from '../query/fixture-lake.js';
import { at, bronzeRow, silverRow } from '../query/fixture-rows.js';
import { soundRows } from '../query/sound-lake.js';
import { writeWithLake } from '../query/written-lake.js';
import { before, writeOlderLake } from './older-lake.js';
import { NOON, VERSIONS } from './rows.js';
import { scratch } from './scratch.js';

const SILVER: Table = SILVER_PATIENT_VITALS;
const clock = () => NOON;
const WHEN = at('07:30:00');
const ADDED = ['known_from'];

/** A lake of soundRows whose silver has no known_from. */
async function olderLake(): Promise<LocalStorage> {
  const storage = new LocalStorage(scratch());
  await writeOlderLake(storage, soundRows(), ADDED);
  return storage;
}

/** Commits one more batch with one reading that has the new column. */
async function writeOn(storage: LocalStorage): Promise<void> {
  const writer = await openLakeWriter(storage, { clock });
  try {
    await writer.freeze([bronzeRow({ batch: 2 })], { positions: null, versions: VERSIONS });
    const row = silverRow({ reading_id: 'r9', content_hash: 'c9', batch: 2, event_time: WHEN, known_from: WHEN });
    const files = await writeDataFiles(storage, SILVER, 2, [row]);
    await writer.commit(manifest({ sequence: 2, files, fired: soundRows().manifest.fired }));
  } finally {
    await writer.close();
  }
}

async function ask(storage: LocalStorage, sql: string) {
  const session = await openQuerySession(await openLakeSnapshot(storage.root));
  try {
    return await session.all(sql);
  } finally {
    await session.close();
  }
}

const BY_NEWNESS = `SELECT known_from IS NULL AS old, count(*)::INTEGER AS n FROM silver.patient_vitals
  GROUP BY ALL ORDER BY old`;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.parquet'));
}

describe('a lake from before a column', () => {
  test('answers before anybody has written to it with the new program: the column is null', async () => {
    const storage = await olderLake();
    expect(await ask(storage, BY_NEWNESS)).toEqual([{ old: true, n: 6 }]);
    expect(await ask(storage, 'SELECT count(*)::INTEGER AS n FROM silver.current_patient_vitals')).toEqual([{ n: 4 }]);
  });

  test('is written on: its files stay byte for byte, new rows have the column, old ones read as null', async () => {
    const storage = await olderLake();
    const silver = join(storage.root, 'silver/patient_vitals');
    const older = new Map(filesBelow(silver).map((name) => [name, readFileSync(join(silver, name))]));
    await writeOn(storage);
    expect(await ask(storage, BY_NEWNESS)).toEqual([
      { old: false, n: 1 },
      { old: true, n: 6 },
    ]);
    for (const [name, bytes] of older) expect(readFileSync(join(silver, name)).equals(bytes)).toBe(true);
  });

  test('is opened again and again with one commit of added columns', async () => {
    const storage = await olderLake();
    await writeOn(storage);
    await (await openLakeWriter(storage, { clock })).close();
    const commits = readdirSync(join(storage.root, 'silver/patient_vitals/_delta_log'))
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFileSync(join(storage.root, 'silver/patient_vitals/_delta_log', name), 'utf8'));
    expect(commits.filter((text) => text.includes('ADD COLUMNS'))).toHaveLength(1);
  });

  test('has the hashes, and passes the audit, of one that was written with the column', async () => {
    const [older, newer] = [await olderLake(), scratch()];
    await (await openLakeWriter(older, { clock })).close();
    await writeWithLake(newer, soundRows());
    const [audited, wanted] = [await auditInProcess(older.root), await auditInProcess(newer)];
    const broken = audited.invariants.filter(({ ok }) => !ok).map(({ id, detail }) => `${id} ${detail}`);
    // The fixture's bronze was frozen in three batches, and lies in one here; nothing else differs.
    expect(broken).toEqual([]);
    expect([audited.silver_hash, audited.gold_hash]).toEqual([wanted.silver_hash, wanted.gold_hash]);
  });

  test('is compacted together with what came later', async () => {
    const storage = await olderLake();
    await writeOn(storage);
    const writer = await openLakeWriter(storage, { clock });
    const { merges } = await writer.compact({ minFiles: 2 });
    await writer.close();
    expect(merges.map(({ table }) => table)).toContain('silver.patient_vitals');
    expect(await ask(storage, BY_NEWNESS)).toEqual([
      { old: false, n: 1 },
      { old: true, n: 6 },
    ]);
  });

  test('answers the look-ups of the pipeline', async () => {
    const storage = await olderLake();
    await writeOn(storage);
    const lookups = await openLookups();
    lookups.refresh((await openLakeSnapshot(storage.root)).tables);
    const found = await lookups.versionsOf(['r1', 'r9']);
    await lookups.close();
    expect(found.map(({ reading_id, known_from }) => [reading_id, known_from]).sort()).toEqual([
      ['r1', null],
      ['r1', null],
      ['r9', WHEN],
    ]);
  });

  test('is loaded into a warehouse, the column null where it was not', async () => {
    const storage = await olderLake();
    await writeOn(storage);
    const { tables } = await openLakeSnapshot(storage.root);
    const files = (tables.get('silver.patient_vitals')?.files ?? []).map(({ location }) => location);
    const output = join(scratch(), 'load.parquet');
    const { rows } = await buildFile(SILVER, '2026-11-21', files, null, output);
    const loaded = decodeParquet(readFileSync(output), SILVER).map((row) => row['known_from']);
    expect([
      rows,
      loaded.filter((time) => time === null).length,
      loaded.filter((time) => time === WHEN).length,
    ]).toEqual([7, 6, 1]);
  });

  test('has files that decode with null in the column', async () => {
    const storage = await olderLake();
    const folder = join(storage.root, 'silver/patient_vitals');
    const rows = filesBelow(folder).flatMap((name) => decodeParquet(readFileSync(join(folder, name)), SILVER));
    expect(rows).toHaveLength(6);
    expect(new Set(rows.map((row) => row['known_from']))).toEqual(new Set([null]));
  });
});

describe('a change of schema that is no addition is refused', () => {
  const changes: readonly (readonly [string, Table])[] = [
    ['a required column', { ...SILVER, columns: [...SILVER.columns, { ...SILVER.columns[0]!, name: 'more' }] }],
    ['a column that is gone', before(SILVER, 'bed')],
    [
      'another type',
      { ...SILVER, columns: SILVER.columns.map((c) => (c.name === 'bed' ? { ...c, type: 'int32' as const } : c)) },
    ],
    [
      'a column by another name',
      { ...before(SILVER, 'bed'), columns: [...before(SILVER, 'bed').columns, BED('room')] },
    ],
  ];
  test.each(changes)('%s', async (_, changed) => {
    const storage = new LocalStorage(scratch());
    await DeltaLog.open(storage, SILVER, clock);
    await expect(DeltaLog.open(storage, changed, clock)).rejects.toMatchObject({ code: 'INCOMPATIBLE' });
  });
});

function BED(name: string) {
  return { ...SILVER.columns.find((column) => column.name === 'bed')!, name };
}
