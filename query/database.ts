import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DuckDBInstance,
  listValue,
  type DuckDBConnection,
  type DuckDBResult,
  type DuckDBValue,
} from '@duckdb/node-api';
import { ConfigurationError } from '../schema/errors.js';
import { toCell, type Cell } from './cells.js';
import { QueryError } from './query-error.js';

/** What a query may use. */
export interface DatabaseOptions {
  /** DuckDB's memory limit, e.g. `512MB`; beyond it queries spill to the temporary folder. Default `1GB`. */
  readonly memoryLimit?: string;
  /** Threads of one query; default: one per core. */
  readonly threads?: number;
  /** Where queries spill; default: a folder of its own in the system's temporary folder, removed on close. */
  readonly tempDirectory?: string;
}

/** A value bound to a parameter (`$1`, `?`); whole numbers are bound as integers, times as `CAST($1 AS TIMESTAMPTZ)`. */
export type Parameter = string | number | bigint | boolean | null | readonly string[] | readonly number[];

export type QueryRow = Readonly<Record<string, Cell>>;

/** A DuckDB in memory: no file to corrupt, lock or migrate. */
export interface Database {
  /** A connection of its own: a stream on one is not disturbed by queries on another. */
  connect(): Promise<DuckDBConnection>;
  /** Runs statements whose result does not matter. @throws QueryError */
  run(sql: string): Promise<void>;
  /** All rows of one statement, as JSON holds them. @throws QueryError */
  rows(sql: string, parameters?: readonly Parameter[]): Promise<QueryRow[]>;
  close(): Promise<void>;
}

const DEFAULT_MEMORY_LIMIT = '1GB';

/**
 * Opens a DuckDB in memory whose time zone is UTC, and which never looks for extensions on the network.
 *
 * @throws ConfigurationError when DuckDB does not take an option
 */
export async function openDatabase(options: DatabaseOptions = {}): Promise<Database> {
  const own = options.tempDirectory === undefined ? await mkdtemp(join(tmpdir(), 'vitals-query-')) : null;
  const memoryLimit = options.memoryLimit ?? DEFAULT_MEMORY_LIMIT;
  try {
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: memoryLimit,
      temp_directory: options.tempDirectory ?? own ?? '',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
    });
    return await startDatabase(instance, own);
  } catch (error) {
    if (own !== null) await rm(own, { recursive: true, force: true });
    const problem = `DuckDB did not start with ${memoryLimit}: ${QueryError.from(error).message}`;
    throw new ConfigurationError('--memory-limit', problem, 'Give a size such as 512MB or 2GB.');
  }
}

async function startDatabase(instance: DuckDBInstance, own: string | null): Promise<Database> {
  const main = await instance.connect();
  await main.run(`SET GLOBAL TimeZone = 'UTC'`);
  return {
    connect: () => instance.connect(),
    async run(sql) {
      await main.run(sql).catch(rethrow);
    },
    async rows(sql, parameters = []) {
      const connection = await instance.connect();
      try {
        const result = await connection.run(sql, parameters.map(toDuckDbValue));
        return await rowsOf(result);
      } catch (error) {
        throw QueryError.from(error);
      } finally {
        connection.closeSync();
      }
    },
    async close() {
      main.closeSync();
      instance.closeSync();
      if (own !== null) await rm(own, { recursive: true, force: true });
    },
  };
}

/** A parameter as DuckDB takes it. */
export function toDuckDbValue(parameter: Parameter): DuckDBValue {
  if (typeof parameter === 'number') return Number.isSafeInteger(parameter) ? BigInt(parameter) : parameter;
  if (parameter === null || typeof parameter !== 'object') return parameter;
  return listValue([...parameter]);
}

async function rowsOf(result: DuckDBResult): Promise<QueryRow[]> {
  const names = result.deduplicatedColumnNames();
  const rows: QueryRow[] = [];
  for await (const chunk of result) {
    for (const values of chunk.getRows()) rows.push(toRow(names, values));
  }
  return rows;
}

/** One row as a plain object, columns in the order of the query. */
export function toRow(names: readonly string[], values: readonly DuckDBValue[]): QueryRow {
  const row: Record<string, Cell> = {};
  for (let index = 0; index < names.length; index += 1) row[names[index] as string] = toCell(values[index] ?? null);
  return row;
}

function rethrow(error: unknown): never {
  throw QueryError.from(error);
}
