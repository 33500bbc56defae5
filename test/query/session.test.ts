import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TableSnapshot } from '../../lake/reader.js';
import { openQuerySession, type QuerySession } from '../../query/session.js';
import { TABLES } from '../../schema/index.js';
import { qualifiedName } from '../../schema/column.js';
import { VIEWS } from '../../query/views.generated.js';
import { fixtureLake } from './fixture-lake.js';
import { at, bronzeRow, silverRow } from './fixture-rows.js';

describe('a query session', () => {
  let session: QuerySession;

  beforeAll(async () => {
    const snapshot = await fixtureLake({
      'silver.patient_vitals': [
        [silverRow({ reading_id: 'r1', event_time: at('07:20:50.123'), temperature: 36.8, heart_rate: 78 })],
        [silverRow({ reading_id: 'r2', event_time: Date.parse('2026-11-22T00:00:00Z'), sequence: 9007199254740991 })],
      ],
      'bronze.patient_vitals': [[bronzeRow({ offset: 3, text: 'ab' })]],
    });
    session = await openQuerySession(snapshot, { memoryLimit: '256MB' });
  });
  afterAll(() => session.close());

  test('values come as JSON holds them', async () => {
    const [row] = await session.all(
      'SELECT event_time, event_date, heart_rate, temperature, glucose, conflict FROM silver.patient_vitals ORDER BY 1',
    );
    expect(row).toEqual({
      event_time: '2026-11-21T07:20:50.123Z',
      event_date: '2026-11-21',
      heart_rate: 78,
      temperature: 36.8,
      glucose: null,
      conflict: false,
    });
  });

  test('an integer is a number where a double holds it, and a string beyond', async () => {
    expect(
      await session.all('SELECT 9007199254740991 AS safe, 9007199254740992 AS beyond, 5::HUGEINT AS huge'),
    ).toEqual([{ safe: 9007199254740991, beyond: '9007199254740992', huge: 5 }]);
  });

  test('blobs come as base64, lists and structs as JSON, not-a-number as text', async () => {
    const [row] = await session.all(
      `SELECT payload, [1, NULL] AS l, {'a': DATE '2026-01-02'} AS s, 'nan'::DOUBLE AS n, 1.25::DECIMAL(4,2) AS d,
       MAP {'k': 1} AS m, TIMESTAMP '2026-01-02 03:04:05' AS t FROM bronze.patient_vitals`,
    );
    expect(row).toEqual({
      payload: 'YWI=',
      l: [1, null],
      s: { a: '2026-01-02' },
      n: 'NaN',
      d: 1.25,
      m: { k: 1 },
      t: '2026-01-02T03:04:05.000Z',
    });
  });

  test('a column that DuckDB reserves is there by its name', async () => {
    expect(await session.all('SELECT "offset" FROM bronze.patient_vitals')).toEqual([{ offset: 3 }]);
  });

  test('every table and every view answers, also when it is empty', async () => {
    for (const name of [...TABLES.map(qualifiedName), ...VIEWS.map((view) => view.name)]) {
      const [count] = await session.all(`SELECT count(*) AS n FROM ${name}`);
      expect(count).toEqual({ n: expect.any(Number) });
    }
  });

  test('every table has the columns and types of the schema, with files and without', async () => {
    const silver = await session.all('DESCRIBE silver.patient_vitals');
    expect(silver.find((column) => column['column_name'] === 'event_date')).toMatchObject({ column_type: 'DATE' });
    const summary = await session.all('DESCRIBE gold.patient_summary');
    expect(summary.map((column) => column['column_name'])).toEqual(
      TABLES.find((table) => table.name === 'patient_summary')?.columns.map((column) => column.name),
    );
  });

  test('parameters are bound, never pasted', async () => {
    const rows = await session.all('SELECT reading_id FROM silver.patient_vitals WHERE reading_id = $1', [
      "r1' OR 1=1",
    ]);
    expect(rows).toEqual([]);
    expect(
      await session.all(
        'SELECT reading_id FROM silver.patient_vitals WHERE event_time >= CAST($1 AS TIMESTAMPTZ) LIMIT $2',
        ['2026-11-22T00:00:00Z', 5],
      ),
    ).toEqual([{ reading_id: 'r2' }]);
  });

  test('a stream yields the rows of all blocks in order, while other statements run', async () => {
    const stream = await session.stream('SELECT range AS i FROM range(10000)');
    expect(stream.columns).toEqual(['i']);
    let next = 0;
    for await (const row of stream) {
      if (next === 3000) await session.all('SELECT 1');
      expect(row['i']).toBe(next);
      next += 1;
    }
    expect(next).toBe(10000);
  });

  test('two columns of one name are both kept', async () => {
    expect(Object.keys((await session.all('SELECT 1 AS a, 2 AS a'))[0] ?? {})).toHaveLength(2);
  });

  test.each([
    ['SELEC 1', /^Parser Error: syntax error at or near "SELEC"$/],
    ['SELECT nothing FROM silver.patient_vitals', /^Binder Error: Referenced column "nothing" not found/],
    ['SELECT 1; SELECT 2', /one statement at a time/],
    ['  ', /There is no statement/],
  ])('%j is refused with one clear line', async (sql, message) => {
    const failure = await session.all(sql).catch((error: Error) => error.message);
    expect(failure).toMatch(message);
    expect(failure).not.toContain('\n');
  });

  test.each([
    'CREATE TABLE t (a INT)',
    'DROP VIEW silver.patient_vitals',
    "COPY (SELECT 1) TO '{lake}/planted.parquet'",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{lake}/planted.parquet'",
    "ATTACH '{lake}/planted.db'",
    'SET threads = 1',
    'INSTALL httpfs',
    'PREPARE p AS SELECT 1',
  ])('%s does not run, and nothing is planted in the lake', async (sql) => {
    const before = readdirSync(session.snapshot.root);
    await expect(session.all(sql.replace('{lake}', session.snapshot.root))).rejects.toThrow(/read-only|Error/);
    expect(readdirSync(session.snapshot.root)).toEqual(before);
  });

  test('a file outside the lake cannot be read', async () => {
    const outside = join(process.cwd(), 'package.json');
    await expect(session.all(`SELECT * FROM read_text('${outside}')`)).rejects.toThrow(/Permission Error/);
  });

  test('EXPLAIN of a query is allowed', async () => {
    expect(await session.all('EXPLAIN SELECT 1')).toHaveLength(1);
    expect(await session.all('EXPLAIN ANALYZE SELECT 1')).toHaveLength(1);
  });

  test('a query larger than its memory limit spills and answers', async () => {
    const [row] = await session.all(
      'SELECT count(*) AS n FROM (SELECT md5(range::VARCHAR) AS h, count(*) FROM range(3000000) GROUP BY h)',
    );
    expect(row).toEqual({ n: 3000000 });
  });
});

describe('opening a query session', () => {
  test('a memory limit that DuckDB does not know is a configuration error', async () => {
    const snapshot = await fixtureLake({});
    await expect(openQuerySession(snapshot, { memoryLimit: 'much' })).rejects.toThrow(/--memory-limit: .*512MB or 2GB/);
  });

  test('a missing file is named', async () => {
    const snapshot = await fixtureLake({ 'silver.patient_vitals': [[silverRow({})]] });
    const table = snapshot.tables.get('silver.patient_vitals') as TableSnapshot;
    const files = table.files.map((file) => ({ ...file, location: `${file.location}.gone` }));
    const tables = new Map([['silver.patient_vitals', { ...table, files }]]);
    await expect(openQuerySession({ ...snapshot, tables })).rejects.toThrow(/\.gone/);
  });
});
