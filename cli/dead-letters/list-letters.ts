import { openLakeSnapshot } from '../../lake/reader.js';
import { openQuerySession } from '../../query/session.js';
import { textTable } from '../../query/text-table.js';
import type { QueryRow } from '../../query/database.js';
import { printLines } from '../query/print-lines.js';
import { conditionOf, ID, RETRIED, selectLetters, type Selection } from './select.js';

/** What `vitals dead-letters list` was asked. */
export interface ListRequest extends Selection {
  readonly lake: string;
  /** Every dead letter, newest first, instead of counts by reason. */
  readonly each: boolean;
  readonly limit: number;
  readonly json: boolean;
}

/** Counts by reason, with examples to look at. `retried`: those whose message was run again since. */
function byReason(where: string): string {
  return `SELECT stage, reason, scope, field, count(*)::INTEGER AS n, count(*) FILTER (WHERE retried)::INTEGER AS retried,
      min(receive_time) AS first_received, max(receive_time) AS last_received,
      list_slice(list(id ORDER BY batch DESC, "offset", item), 1, 3) AS examples
    FROM (SELECT d.*, ${ID} AS id, ${RETRIED} AS retried FROM silver.dead_letter d WHERE ${where})
    GROUP BY stage, reason, scope, field ORDER BY n DESC, reason, scope, field`;
}

/** One line each; never the original, which may identify a person. */
function oneByOne(where: string, limit: number): string {
  return `SELECT ${ID} AS id, d.stage, d.reason, d.scope, d.field, d.detail, d.receive_time, ${RETRIED} AS retried
    FROM silver.dead_letter d WHERE ${where}
    ORDER BY d.batch DESC, d."offset", d.item, d.field LIMIT ${limit}`;
}

/** The rows of a list. @throws ConfigurationError, LakeError, QueryError */
export async function deadLetterList(request: ListRequest): Promise<QueryRow[]> {
  const condition = conditionOf(request);
  const session = await openQuerySession(await openLakeSnapshot(request.lake));
  try {
    const sql = request.each ? oneByOne(condition.sql, request.limit) : byReason(condition.sql);
    return await selectLetters(session, sql, condition);
  } finally {
    await session.close();
  }
}

/** Prints them as a table, or one JSON object a line. */
export async function listLetters(request: ListRequest): Promise<void> {
  const rows = await deadLetterList(request);
  const columns = request.each ? EACH : GROUPED;
  const lines = request.json ? jsonLines(rows) : textTable(columns, tableRows(rows));
  await printLines(process.stdout, lines);
}

const GROUPED = ['stage', 'reason', 'scope', 'field', 'n', 'retried', 'last_received', 'examples'];
const EACH = ['id', 'stage', 'reason', 'scope', 'field', 'receive_time', 'retried', 'detail'];

async function* jsonLines(rows: readonly QueryRow[]): AsyncGenerator<string> {
  for (const row of rows) yield `${JSON.stringify(row)}\n`;
}

async function* tableRows(rows: readonly QueryRow[]): AsyncGenerator<QueryRow> {
  for (const row of rows) {
    const { examples } = row;
    yield Array.isArray(examples) ? { ...row, examples: examples.join(' ') } : row;
  }
}
