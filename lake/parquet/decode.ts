import { tableFromIPC, type RecordBatch } from 'apache-arrow';
import * as wasm from 'parquet-wasm';
import { qualifiedName, type Column, type Table } from '../../schema/column.js';
import { storedColumns } from '../../schema/render/parquet.js';
import { LakeError } from '../lake-error.js';
import type { Row } from './gather.js';
import { unpack, type Values } from './unpack.js';

/** Rows of an Arrow batch inside the decoder: enough to spread its cost, few enough to stay in the processor's cache. */
const BATCH_ROWS = 16_384;

/** Builds rows out of columns; one per combination of columns, so that all rows of a table share one shape. */
type Assemble = (columns: readonly Values[], length: number, rows: Row[]) => void;

const assemblers = new Map<string, Assemble>();

/**
 * Decodes a Parquet file of a table (ours, or compaction's) into plain rows, in the order of the file: times as epoch
 * milliseconds, 64-bit integers as numbers, null where there is no value, bytes untouched (views into one buffer). The
 * partition column is not in the file and not in the rows. A nullable column that the file lacks, because the table was
 * given it later, is null in every row.
 *
 * Cost: about 2 us a bronze row. Throws a {@link LakeError} when the file lacks a required column.
 *
 * @param columns which columns to read; all stored ones by default
 */
export function decodeParquet(bytes: Uint8Array, table: Table, columns?: readonly string[]): Row[] {
  const wanted = storedColumns(table).filter((column) => columns === undefined || columns.includes(column.name));
  const names = wanted.map((column) => column.name);
  const stream = wasm.readParquet(bytes, { columns: names, batchSize: BATCH_ROWS }).intoIPCStream();
  const assemble = assemblerOf(names);
  const rows: Row[] = [];
  for (const batch of tableFromIPC(stream).batches) {
    const values = wanted.map((column) => valuesOf(table, batch, column));
    assemble(values, batch.numRows, rows);
  }
  return rows;
}

function valuesOf(table: Table, batch: RecordBatch, column: Column): Values {
  const data = batch.getChild(column.name)?.data[0];
  if (data !== undefined) return unpack(data, column.type);
  if (!column.required) return new Array<null>(batch.numRows).fill(null);
  const problem = `A file of ${qualifiedName(table)} has no column ${column.name}`;
  throw new LakeError('CORRUPT', problem, 'Restore the file from a copy, or rebuild the lake from its sources');
}

function assemblerOf(names: readonly string[]): Assemble {
  const key = JSON.stringify(names);
  const known = assemblers.get(key);
  if (known) return known;
  const literal = names.map((name, at) => `${JSON.stringify(name)}: c${at}[i]`).join(', ');
  const locals = names.map((_, at) => `const c${at} = columns[${at}];`).join(' ');
  const body = `${locals} for (let i = 0; i < length; i++) rows.push({ ${literal} });`;

  const made = new Function('columns', 'length', 'rows', body) as Assemble;
  assemblers.set(key, made);
  return made;
}
