import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import { openLakeFiles, type LakeFiles } from '../lake/lake-files.js';
import type { LakeSnapshot } from '../lake/reader.js';
import { withoutLaterFiles, type AsOf } from './as-of.js';
import { openDatabase, toDuckDbValue, toRow, type Database, type DatabaseOptions } from './database.js';
import type { Parameter, QueryRow } from './database.js';
import { QueryError } from './query-error.js';
import { quoteText } from './sql-text.js';
import { prepareReading } from './statements.js';
import { createTableViews, LentTables, withoutFiles } from './table-views.js';
import { VIEWS } from './views.generated.js';

export interface QuerySessionOptions extends DatabaseOptions {
  /** Where to have the snapshot's files from; by default {@link openLakeFiles} of its root. */
  readonly files?: LakeFiles;
  /** Every table and view as the lake stood at an earlier batch; default: as the snapshot has it. */
  readonly asOf?: AsOf;
  /** The one file that {@link QuerySession.exportParquet} may write. */
  readonly exportTo?: string;
}

/** The rows of one query, in the order of the query, as they are computed. */
export interface QueryStream extends AsyncIterable<QueryRow> {
  readonly columns: readonly string[];
}

/** SQL over one snapshot of a lake: every table and view by the names that BigQuery has. Read-only. */
export interface QuerySession {
  readonly snapshot: LakeSnapshot;
  /** All rows of one statement. Statements may run at the same time. @throws QueryError */
  all(sql: string, parameters?: readonly Parameter[]): Promise<QueryRow[]>;
  /** The rows of one statement, at most a few thousand of them in memory. @throws QueryError */
  stream(sql: string, parameters?: readonly Parameter[]): Promise<QueryStream>;
  /** Writes the rows of one query to the file named at opening; how many. @throws QueryError */
  exportParquet(sql: string): Promise<number>;
  close(): Promise<void>;
}

/**
 * Opens a snapshot for SQL: a view per table over its live files, then the views of bigquery/views/.
 *
 * Afterwards DuckDB is locked: it reads the lake's folder (or the cache that holds copies of it) and nothing else, has no
 * network, and its configuration stays. Opening reads one footer a table; 5,000 files open in about 0.1 s. Files of a bucket
 * are copied when a statement mentions their table.
 * A session keeps to its snapshot: a file that compaction removes meanwhile makes queries fail, and one opens another.
 */
export async function openQuerySession(given: LakeSnapshot, options: QuerySessionOptions = {}): Promise<QuerySession> {
  const { asOf = null } = options;
  const snapshot = asOf === null ? given : withoutLaterFiles(given, asOf);
  const files = options.files ?? openLakeFiles(snapshot.root);
  const database = await openDatabase(options);
  const lent = files.inPlace ? null : new LentTables(database, snapshot, files, asOf);
  try {
    await createTableViews(database, lent === null ? snapshot : withoutFiles(snapshot), asOf);
    for (const view of VIEWS) await database.run(`CREATE VIEW ${view.name} AS ${view.sql}`);
    await lock(database, files.folders, options.exportTo);
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    snapshot,
    async all(sql, parameters = []) {
      await lent?.provide(sql);
      const { blocks } = await open(database, sql, parameters);
      const rows: QueryRow[] = [];
      for await (const block of blocks()) for (const row of block) rows.push(row);
      return rows;
    },
    async stream(sql, parameters = []) {
      await lent?.provide(sql);
      const { columns, blocks } = await open(database, sql, parameters);
      return {
        columns,
        async *[Symbol.asyncIterator]() {
          for await (const block of blocks()) yield* block;
        },
      };
    },
    async exportParquet(sql) {
      await lent?.provide(sql);
      return exportParquet(database, sql, options.exportTo);
    },
    close: () => database.close(),
  };
}

async function lock(database: Database, folders: readonly string[], exportTo: string | undefined): Promise<void> {
  await database.run(`SET allowed_directories = [${folders.map(quoteText).join(', ')}]`);
  if (exportTo !== undefined) await database.run(`SET allowed_paths = [${quoteText(exportTo)}]`);
  await database.run('SET enable_external_access = false');
  await database.run('SET lock_configuration = true');
}

/** A statement that has been started: its columns, and its rows block by block, once. */
interface Started {
  readonly columns: readonly string[];
  blocks(): AsyncGenerator<QueryRow[]>;
}

async function open(database: Database, sql: string, parameters: readonly Parameter[]): Promise<Started> {
  const connection = await database.connect();
  let statement: DuckDBPreparedStatement | null = null;
  try {
    statement = await prepareReading(connection, sql);
    if (parameters.length > 0) statement.bind(parameters.map(toDuckDbValue));
    const result = await statement.stream();
    const columns = result.deduplicatedColumnNames();
    const prepared = statement;
    return {
      columns,
      async *blocks() {
        try {
          for await (const chunk of result) yield chunk.getRows().map((values) => toRow(columns, values));
        } catch (error) {
          throw QueryError.from(error);
        } finally {
          release(connection, prepared);
        }
      },
    };
  } catch (error) {
    release(connection, statement);
    throw QueryError.from(error);
  }
}

function release(connection: DuckDBConnection, statement: DuckDBPreparedStatement | null): void {
  statement?.destroySync();
  connection.closeSync();
}

async function exportParquet(database: Database, sql: string, path: string | undefined): Promise<number> {
  if (path === undefined) throw new QueryError('This session was opened without a file to export to');
  const connection = await database.connect();
  try {
    (await prepareReading(connection, sql)).destroySync();
    const query = sql.trim().replace(/;+$/, '');
    const options = 'FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false';
    const result = await connection.run(`COPY (\n${query}\n) TO ${quoteText(path)} (${options})`);
    return result.rowsChanged;
  } catch (error) {
    throw QueryError.from(error);
  } finally {
    connection.closeSync();
  }
}
