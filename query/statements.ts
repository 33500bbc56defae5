import { StatementType, type DuckDBConnection, type DuckDBPreparedStatement } from '@duckdb/node-api';
import { QueryError } from './query-error.js';

const EXPLAIN = /^\s*EXPLAIN(?:\s+ANALYZE)?\s+/i;

/**
 * Prepares one statement that only reads: SELECT, WITH, FROM, VALUES, DESCRIBE, SHOW, SUMMARIZE, or EXPLAIN of one.
 *
 * DuckDB lets what may read the lake's folder also write there (COPY, ATTACH), so the kind of statement is what keeps
 * the lake from being written to.
 *
 * @throws QueryError when it does not parse, is not one statement, or would change something
 */
export async function prepareReading(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  if (sql.trim() === '') throw new QueryError('There is no statement');
  try {
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1) throw new QueryError(`Give one statement at a time; this is ${statements.count}`);
    const statement = await statements.prepare(0);
    const type = statement.statementType;
    if (type === StatementType.SELECT) return statement;
    if (type === StatementType.EXPLAIN && EXPLAIN.test(sql)) {
      const explained = await prepareReading(connection, sql.replace(EXPLAIN, ''));
      explained.destroySync();
      return statement;
    }
    statement.destroySync();
    throw new QueryError('The lake is read-only here: give a SELECT, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN');
  } catch (error) {
    throw QueryError.from(error);
  }
}
