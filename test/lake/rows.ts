import { createHash } from 'node:crypto';
import type { Column, Table } from '../../schema/column.js';
import { TABLES } from '../../schema/index.js';
import type { BronzeRow } from '../../schema/tables/bronze-patient-vitals.js';
import type { BatchCounts, Manifest } from '../../lake/manifest.js';
import type { DataFile } from '../../lake/manifest.js';
import type { Row } from '../../lake/parquet.js';

/** 2026-11-21T10:00:00Z. */
export const NOON = Date.UTC(2026, 10, 21, 10);

export function tableNamed(name: string): Table {
  return (TABLES as readonly Table[]).find((table) => `${table.tier}.${table.name}` === name)!;
}

/** A row of any table that is a function of its number alone; every third optional value is null. */
export function rowOf(table: Table, batch: number, number: number, at = NOON + number * 1000): Row {
  const row: Record<string, unknown> = {};
  table.columns.forEach((column, i) => {
    row[column.name] = !column.required && (number + i) % 3 === 0 ? null : valueOf(column, batch, number, at);
  });
  if (table.partitionBy) row[table.partitionBy] = new Date(at).toISOString().slice(0, 10);
  return row;
}

export function rowsOf(table: Table, batch: number, count: number, at?: number): Row[] {
  return Array.from({ length: count }, (_, i) => rowOf(table, batch, batch * 1000 + i, at));
}

export function bronzeRows(batch: number, count: number, at = NOON): BronzeRow[] {
  return Array.from({ length: count }, (_, offset) => {
    const payload = Uint8Array.from(Buffer.from(`{"batch":${batch},"offset":${offset},"note":"µ\u0000"}\r\n`, 'utf8'));
    return {
      batch,
      offset,
      message_id: `m-${batch}-${offset}`,
      publish_time: offset % 2 === 0 ? at - 5 : null,
      receive_time: at,
      source: 'file:landing',
      dialect: 'monitor',
      attributes: null,
      payload,
      payload_sha256: new Uint8Array(createHash('sha256').update(payload).digest()),
      receive_date: new Date(at).toISOString().slice(0, 10),
    };
  });
}

export const COUNTS: BatchCounts = {
  messages: 3,
  received: 3,
  silver: 3,
  dead_letter: 0,
  suppressed: 0,
  field_rejects: 0,
  conflicts: 0,
  alerts: 0,
};

export const VERSIONS = {
  rules: '1',
  model_id: null,
  patients: null,
  pseudonym_key: 'test',
  timezone: null,
  check_clock: false,
};

export function manifestOf(sequence: number, files: readonly DataFile[]): Manifest {
  return {
    format: 1,
    sequence,
    counts: COUNTS,
    versions: VERSIONS,
    files,
    watermark: NOON,
    fired: {},
    peak_rss: 1,
    committed_at: NOON,
  };
}

function valueOf(column: Column, batch: number, number: number, at: number): unknown {
  switch (column.type) {
    case 'int64':
      return column.name === 'batch' ? batch : 2 ** 40 + number;
    case 'int32':
      return number % 400;
    case 'float64':
      return number / 4;
    case 'boolean':
      return number % 2 === 0;
    case 'timestamp':
      return at;
    case 'date':
      return '1970-02-03';
    case 'bytes':
      return Uint8Array.from([number & 0xff, 0, 0xff, number >> 8]);
    default:
      return column.dictionary ? `${column.name}-${number % 3}` : `${column.name}-${number}-é`;
  }
}
