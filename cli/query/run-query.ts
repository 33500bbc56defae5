import { readFile, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { openLakeSnapshot } from '../../lake/reader.js';
import type { AsOf } from '../../query/as-of.js';
import { catalog } from '../../query/catalog.js';
import { csvLines } from '../../query/csv.js';
import type { QueryRow } from '../../query/database.js';
import { openQuerySession, type QuerySession } from '../../query/session.js';
import { textTable } from '../../query/text-table.js';
import { ConfigurationError } from '../../schema/errors.js';
import { printLines } from './print-lines.js';

/** What `vitals query` was asked. */
export interface QueryRequest {
  readonly sql: string | undefined;
  readonly lake: string;
  readonly file: string | undefined;
  readonly 'as-of-batch': number | undefined;
  /** ISO time. */
  readonly 'as-of'?: string | undefined;
  readonly json: boolean;
  readonly csv: boolean;
  readonly out: string | undefined;
  readonly all: boolean;
  readonly list: boolean;
  readonly 'memory-limit': string;
}

/** Rows of a table that a person looks at. */
const ROWS_SHOWN = 1_000;

/** Where the answer goes, and what is said about it. */
export interface Outputs {
  readonly data: Writable;
  readonly notes: Writable;
}

/** Answers one query on standard output, or into a file. @throws QueryError, ConfigurationError, LakeError */
export async function runQuery(
  request: QueryRequest,
  { data, notes }: Outputs = { data: process.stdout, notes: process.stderr },
): Promise<void> {
  if (request.list) return printLines(data, lines(request, notes, ['name', 'kind', 'grain', 'description'], entries()));
  const sql = await sqlOf(request);
  const at = request['as-of-batch'] === undefined ? {} : { atSequence: request['as-of-batch'] };
  const asOf = await asOfRequested(request);
  const snapshot = await openLakeSnapshot(request.lake, at);
  const target = request.out === undefined ? undefined : resolve(request.out);
  const session = await openQuerySession(snapshot, {
    memoryLimit: request['memory-limit'],
    ...(asOf === null ? {} : { asOf }),
    ...(target === undefined ? {} : { exportTo: partial(target) }),
  });
  try {
    if (target !== undefined) return await exportTo(session, sql, target, notes);
    const stream = await session.stream(sql);
    await printLines(data, lines(request, notes, stream.columns, stream));
  } finally {
    await session.close();
  }
}

async function asOfRequested(request: QueryRequest): Promise<AsOf | null> {
  if (request['as-of'] === undefined) return null;
  const { asOfTime } = await import('./as-of.js');
  return asOfTime(request.lake, request['as-of']);
}

async function sqlOf({ sql, file }: QueryRequest): Promise<string> {
  if (file !== undefined) {
    return readFile(file, 'utf8').catch((error: Error) => {
      throw new ConfigurationError('--file', error.message, 'Name a file that holds one query.');
    });
  }
  if (sql === '-') return text(process.stdin);
  if (sql !== undefined) return sql;
  throw new ConfigurationError('query', 'there is nothing to ask', 'Give SQL in quotes, or --file FILE, or --list.');
}

function lines(
  request: QueryRequest,
  notes: Writable,
  columns: readonly string[],
  rows: AsyncIterable<QueryRow>,
): AsyncIterable<string> {
  if (request.json) return jsonLines(rows);
  if (request.csv) return csvLines(columns, rows);
  return textTable(columns, request.all ? rows : upTo(ROWS_SHOWN, rows, notes));
}

async function* jsonLines(rows: AsyncIterable<QueryRow>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

async function* upTo(limit: number, rows: AsyncIterable<QueryRow>, notes: Writable): AsyncGenerator<QueryRow> {
  let left = limit;
  for await (const row of rows) {
    if (left === 0) {
      notes.write(`The first ${limit.toLocaleString('en-US')} rows; --all shows every row.\n`);
      return;
    }
    left -= 1;
    yield row;
  }
}

async function* entries(): AsyncGenerator<QueryRow> {
  for (const { name, kind, grain, description } of catalog()) yield { name, kind, grain, description };
}

/** The file appears under its name when it is whole. */
async function exportTo(session: QuerySession, sql: string, target: string, notes: Writable): Promise<void> {
  try {
    const rows = await session.exportParquet(sql);
    await rename(partial(target), target);
    notes.write(`${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'} in ${target}\n`);
  } catch (error) {
    await rm(partial(target), { force: true });
    throw error;
  }
}

function partial(target: string): string {
  return `${target}.partial`;
}
