import { openLakeSnapshot } from '../../lake/reader.js';
import { openQuerySession } from '../../query/session.js';
import type { QueryRow } from '../../query/database.js';
import { ConfigurationError } from '../../schema/errors.js';
import { conditionOf, ID, RETRIED, selectLetters } from './select.js';

/** What `vitals dead-letters show` was asked. */
export interface ShowRequest {
  readonly lake: string;
  readonly id: string;
  readonly json: boolean;
}

/** The dead letters of one item, or of all items of a message, with its original bytes. */
export async function deadLetters({ lake, id }: Omit<ShowRequest, 'json'>): Promise<QueryRow[]> {
  const condition = conditionOf({ id, reason: undefined, stage: undefined, since: undefined });
  const session = await openQuerySession(await openLakeSnapshot(lake));
  try {
    const sql = `SELECT ${ID} AS id, d.stage, d.reason, d.scope, d.field, d.detail, d.receive_time, d.rule_version,
        d.source_message_id, ${RETRIED} AS retried, d.original AS original_base64
      FROM silver.dead_letter d WHERE ${condition.sql} ORDER BY d.item, d.field`;
    const rows = await selectLetters(session, sql, condition);
    if (rows.length > 0) return rows;
    throw new ConfigurationError('id', `there is no dead letter ${id}`, 'Look for one with dead-letters list --each.');
  } finally {
    await session.close();
  }
}

/** Prints them; the original last, as text where it is text. It may identify a person: nothing else prints it. */
export async function showLetter(request: ShowRequest): Promise<void> {
  const rows = await deadLetters(request);
  const text = request.json ? rows.map((row) => JSON.stringify(row)) : rows.map(describe);
  process.stdout.write(`${text.join('\n')}\n`);
}

function describe(row: QueryRow): string {
  const { original_base64, ...facts } = row;
  const lines = Object.entries(facts).map(([name, value]) => `${name.padEnd(18)}${String(value ?? '')}`);
  return [...lines, '', printable(Buffer.from(String(original_base64), 'base64')), ''].join('\n');
}

/** What a terminal would obey instead of showing; line ends and tabs stay. */
const UNPRINTABLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function printable(bytes: Buffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const lines = text.replaceAll(/\r\n?/g, '\n');
    return lines.replaceAll(UNPRINTABLE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  } catch {
    return `(no text) ${bytes.toString('base64')}`;
  }
}
