import { describe, expect, test } from '@jest/globals';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetMetadata, parquetSchema } from 'hyparquet';
import { LakeError } from '../../lake/lake-error.js';
import { decodeParquet, encodeParquet, type Row } from '../../lake/parquet.js';
import { defineTable, type Table } from '../../schema/column.js';
import { TABLES } from '../../schema/index.js';
import { storedColumns } from '../../schema/render/parquet.js';
import { rowsOf, tableNamed } from './rows.js';
import { scratch } from './scratch.js';

const EVERYTHING = defineTable({
  tier: 'silver',
  name: 'everything',
  description: '',
  key: [],
  partitionBy: null,
  partitionSource: null,
  clusterBy: [],
  columns: (['string', 'int32', 'int64', 'float64', 'boolean', 'timestamp', 'bytes'] as const).flatMap((type) => [
    { name: type, type, required: false, description: '' },
    { name: `some_${type}`, type, required: false, dictionary: true, scale: 1, description: '' },
  ]),
});

const VALUES = {
  string: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '\ufeffbom', 'é', '日本', '𝄞', '\0')),
  int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  int64: fc.maxSafeInteger(),
  float64: fc.double({ noNaN: true, noDefaultInfinity: true }),
  boolean: fc.boolean(),
  timestamp: fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }),
  bytes: fc.uint8Array({ maxLength: 40 }),
} as const;

const anyRow = fc.record(
  Object.fromEntries(
    EVERYTHING.columns.map(({ name, type }) => [
      name,
      fc.option(VALUES[type as keyof typeof VALUES] as fc.Arbitrary<unknown>, { nil: null }),
    ]),
  ),
);

function plain(rows: readonly Row[]): unknown {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([k, v]) => [k, v instanceof Uint8Array ? `x${Buffer.from(v).toString('hex')}` : v]),
    ),
  );
}

describe('Parquet files', () => {
  test('give back any rows unchanged, nulls, empty strings, odd characters and signed zeros included', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 70 }), (rows) => {
        expect(plain(decodeParquet(encodeParquet(EVERYTHING, rows), EVERYTHING))).toEqual(plain(rows));
      }),
      { numRuns: 60 },
    );
  });

  test.each((TABLES as readonly Table[]).map((table) => [`${table.tier}.${table.name}`, table] as const))(
    'of %s leave out the partition column and give back the rest',
    (_, table) => {
      const rows = rowsOf(table, 1, 40);
      const expected = rows.map((row) =>
        Object.fromEntries(Object.entries(row).filter(([name]) => name !== table.partitionBy)),
      );
      expect(plain(decodeParquet(encodeParquet(table, rows), table))).toEqual(plain(expected));
    },
  );

  test('give back only the columns that are asked for', () => {
    const table = tableNamed('silver.patient_vitals');
    const bytes = encodeParquet(table, rowsOf(table, 1, 3));
    expect(Object.keys(decodeParquet(bytes, table, ['batch', 'reading_id'])[0]!)).toEqual(['reading_id', 'batch']);
  });

  test('hold times as UTC microseconds, whole numbers as INT32 and INT64, text annotated, bytes bare', () => {
    const bytes = encodeParquet(EVERYTHING, rowsOf(EVERYTHING as Table, 1, 2));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
    const { children } = parquetSchema(parquetMetadata(file));
    const types = Object.fromEntries(children.map(({ element }) => [element.name, element]));
    expect(types['timestamp']).toMatchObject({
      type: 'INT64',
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
    });
    expect(types['int32']).toMatchObject({ type: 'INT32' });
    expect(types['int64']).toMatchObject({ type: 'INT64' });
    expect(types['string']).toMatchObject({ type: 'BYTE_ARRAY', converted_type: 'UTF8' });
    expect(types['bytes']!.converted_type).toBeUndefined();
    expect(children.every(({ element }) => element.repetition_type === 'OPTIONAL')).toBe(true);
  });

  test('are read by DuckDB with the same values', async () => {
    const table = tableNamed('silver.patient_vitals');
    const rows = rowsOf(table, 7, 500);
    const path = join(scratch(), 'a.parquet');
    writeFileSync(path, encodeParquet(table, rows));
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const reader = await connection.runAndReadAll(
      `SELECT count(*)::INT n, sum(heart_rate)::INT hr, count(glucose)::INT g, max(epoch_ms(event_time))::BIGINT t,
       string_agg(reading_id, ',' ORDER BY batch, reading_id) ids, min(sequence) s FROM read_parquet('${path}')`,
    );
    const sum = rows.reduce((total, row) => total + ((row['heart_rate'] as number | null) ?? 0), 0);
    expect(reader.getRowObjects()[0]).toEqual({
      n: 500,
      hr: sum,
      g: rows.filter((row) => row['glucose'] !== null).length,
      t: BigInt(Math.max(...rows.map((row) => row['event_time'] as number))),
      ids: rows
        .map((row) => row['reading_id'])
        .sort()
        .join(),
      s: BigInt(Math.min(...rows.map((row) => (row['sequence'] as number | null) ?? Infinity))),
    });
    expect(storedColumns(table)).toHaveLength(table.columns.length - 1);
  });

  test.each([
    ['int32', 1.5],
    ['int32', 2 ** 31],
    ['int32', NaN],
    ['int32', '7'],
    ['int64', 2 ** 53],
    ['float64', NaN],
    ['float64', Infinity],
    ['timestamp', 0.5],
    ['boolean', 1],
    ['string', 5],
    ['bytes', 'text'],
  ] as const)('never store in a %s what it cannot hold exactly (%p), and say nothing of the value', (type, value) => {
    const encode = () => encodeParquet(EVERYTHING, [{ [type]: value }]);
    expect(encode).toThrow(LakeError);
    expect(encode).toThrow(new RegExp(`Column ${type} of silver.everything is ${type} and cannot hold`));
  });

  test('never have a null in a required column', () => {
    const table = tableNamed('gold.alerts');
    const row = { ...rowsOf(table, 1, 1)[0], alert_id: null };
    expect(() => encodeParquet(table, [row])).toThrow(/alert_id of gold.alerts is required but null in 1 rows/);
  });
});
