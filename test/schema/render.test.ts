import { describe, expect, test } from '@jest/globals';
import { TABLES } from '../../schema/index.js';
import type { Table } from '../../schema/column.js';
import { deltaPartitionColumns, deltaSchemaString } from '../../schema/render/delta.js';
import { arrowSchema, storedColumns } from '../../schema/render/parquet.js';

const NAMED = (TABLES as readonly Table[]).map((table) => [`${table.tier}.${table.name}`, table] as const);

interface DeltaSchema {
  readonly type: string;
  readonly fields: readonly {
    readonly name: string;
    readonly type: string;
    readonly nullable: boolean;
    readonly metadata: object;
  }[];
}

describe.each(NAMED)('the Delta schema of %s', (_, table) => {
  const schema = JSON.parse(deltaSchemaString(table)) as DeltaSchema;

  test('has every column in order, described, and none that a reader could refuse a null in', () => {
    expect(schema.type).toBe('struct');
    expect(schema.fields.map((field) => field.name)).toEqual(table.columns.map((column) => column.name));
    expect(schema.fields.every((field) => field.nullable)).toBe(true);
    for (const field of schema.fields) expect(field.metadata).toHaveProperty('comment');
  });

  test('is partitioned by a date that the Parquet files leave out', () => {
    for (const name of deltaPartitionColumns(table)) {
      expect(schema.fields.find((field) => field.name === name)?.type).toBe('date');
      expect(storedColumns(table).map((column) => column.name)).not.toContain(name);
    }
    expect(arrowSchema(table).names).toEqual(storedColumns(table).map((column) => column.name));
  });
});

describe('types', () => {
  test.each([
    ['bronze.patient_vitals', 'payload', 'binary', 'Binary'],
    ['bronze.patient_vitals', 'batch', 'long', 'Int64'],
    ['bronze.patient_vitals', 'offset', 'integer', 'Int32'],
    ['bronze.patient_vitals', 'receive_time', 'timestamp', 'Timestamp<MICROSECOND, UTC>'],
    ['silver.patient_vitals', 'temperature', 'double', 'Float64'],
    ['silver.patient_vitals', 'conflict', 'boolean', 'Bool'],
    ['silver.patient_vitals', 'reading_id', 'string', 'Utf8'],
    ['reference.patients', 'birth_date', 'date', 'Date32<DAY>'],
  ])('of %s.%s are %s in Delta and %s in Arrow', (name, column, delta, arrow) => {
    const table = new Map<string, Table>(NAMED).get(name)!;
    const { fields } = JSON.parse(deltaSchemaString(table)) as DeltaSchema;
    expect(fields.find((field) => field.name === column)?.type).toBe(delta);
    expect(String(arrowSchema(table).fields.find((field) => field.name === column)?.type)).toBe(arrow);
  });

  test('units stand in the description', () => {
    const text = deltaSchemaString(new Map(NAMED).get('silver.patient_vitals')!);
    expect(text).toContain('Body temperature [Cel]');
  });
});
