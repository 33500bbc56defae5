import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { openLakeSnapshot } from '../../lake/reader.js';
import { openDatabase, type Database } from '../../query/database.js';
import { openQuerySession, type QuerySession } from '../../query/session.js';
import { createTableViews } from '../../query/table-views.js';
import { VIEWS } from '../../query/views.generated.js';
import { scratch } from '../lake/scratch.js';
import type { LakeRows } from '../query/sound-lake.js';
import { writeWithLake } from '../query/written-lake.js';
import { comparable, difference } from './comparable.js';
import { hospitalRows } from './hospital-rows.js';
import { expectedViews, type ViewRow } from './oracle.js';

/** Rows of silver; 100,000 by VIEW_ROWS=100000 npm test -- test/bigquery/agreement. */
const SIZE = Number(process.env['VIEW_ROWS'] ?? 4_000);
const SEED = 20_261_121;
/** 4,000 rows take seconds; 100,000 take two minutes, several on a machine that does other work. */
jest.setTimeout(Math.max(60_000, SIZE * 10));
const NAMES = VIEWS.map((view) => view.name);

let rows: LakeRows;
let expected: ReadonlyMap<string, readonly ViewRow[]>;
let session: QuerySession;
/** The same views, MAX_BY as BigQuery's documentation has it: it passes over rows whose value is null. */
let ignoring: Database;

beforeAll(async () => {
  rows = hospitalRows(SIZE, SEED);
  expected = expectedViews(rows);
  const root = scratch();
  await writeWithLake(root, rows);
  const snapshot = await openLakeSnapshot(root);
  session = await openQuerySession(snapshot, { memoryLimit: '1GB' });
  ignoring = await openDatabase({ memoryLimit: '1GB' });
  await createTableViews(ignoring, snapshot);
  for (const view of VIEWS) {
    await ignoring.run(`CREATE VIEW ${view.name} AS ${view.sql.replaceAll(/ARG_(MAX|MIN)_NULL\(/g, 'ARG_$1(')}`);
  }
}, 600_000);

afterAll(async () => {
  await session?.close();
  await ignoring?.close();
});

describe(`over ${SIZE} readings`, () => {
  test('the rows hold what the views are there for', () => {
    expect(rows.silver).toHaveLength(SIZE);
    expect([...expected.keys()].sort()).toEqual([...NAMES].sort());
    for (const [name, wanted] of expected) expect([name, wanted.length > 5]).toEqual([name, true]);
    for (const panes of [rows.summary, rows.hourly, rows.wards]) expect(panes.some((pane) => pane.n === 0)).toBe(true);
    expect(rows.silver.some((row) => row.status === 'entered-in-error')).toBe(true);
  });

  test.each(NAMES)('%s in DuckDB answers what plain TypeScript works out from the rows', async (name) => {
    const found = comparable(await session.all(`SELECT * FROM ${name}`));
    expect(difference(found, comparable(expected.get(name) ?? []))).toBeNull();
  });

  const shown = VIEWS.filter((view) => view.kind === 'logical').map((view) => view.name);
  test.each(shown)('%s answers the same where MAX_BY passes over nulls', async (name) => {
    const found = comparable(await ignoring.rows(`SELECT * FROM ${name}`));
    expect(difference(found, comparable(expected.get(name) ?? []))).toBeNull();
  });

  test('and that matters: a materialized view then shows values that were withdrawn', async () => {
    const found = comparable(await ignoring.rows('SELECT * FROM gold.patient_risk_scores'));
    expect(difference(found, comparable(expected.get('gold.patient_risk_scores') ?? []))).not.toBeNull();
  });
});
