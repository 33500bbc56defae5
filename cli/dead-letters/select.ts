import type { QuerySession } from '../../query/session.js';
import type { QueryRow } from '../../query/database.js';
import { deadLetterSourceSql } from '../../pipeline/replay/dead-letter-source.js';
import { ConfigurationError } from '../../schema/errors.js';
import { parseTime } from '../../simulator/times.js';

/** Which dead letters are meant; all of them where nothing is said. */
export interface Selection {
  readonly reason: readonly string[] | undefined;
  readonly stage: string | undefined;
  /** ISO time: received at this time or later. */
  readonly since: string | undefined;
  /** `batch-offset` or `batch-offset-item`. */
  readonly id?: string | undefined;
}

/** A condition on `silver.dead_letter` under the alias `d`, and the values of its parameters. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly (string | number | readonly string[])[];
}

/** @throws ConfigurationError for a time or an id that is none */
export function conditionOf({ reason, stage, since, id }: Selection): Condition {
  const parts: string[] = [];
  const parameters: (string | number | readonly string[])[] = [];
  const bound = (value: string | number | readonly string[]) => `$${parameters.push(value)}`;
  if (reason !== undefined) parts.push(`list_contains(${bound(reason)}::VARCHAR[], d.reason)`);
  if (stage !== undefined) parts.push(`d.stage = ${bound(stage)}`);
  if (since !== undefined) {
    const time = new Date(parseTime('--since', since)).toISOString();
    parts.push(`d.receive_time >= CAST(${bound(time)} AS TIMESTAMPTZ)`);
  }
  if (id !== undefined) {
    const [batch, offset, item] = parseId(id);
    parts.push(`d.batch = ${bound(batch)} AND d."offset" = ${bound(offset)}`);
    if (item !== null) parts.push(`d.item = ${bound(item)}`);
  }
  return { sql: parts.length === 0 ? 'true' : parts.join(' AND '), parameters };
}

function parseId(id: string): readonly [number, number, number | null] {
  const [, batch, offset, item] = /^(\d{1,12})-(\d{1,9})(?:-(\d{1,9}))?$/.exec(id) ?? [];
  if (batch !== undefined) return [Number(batch), Number(offset), item === undefined ? null : Number(item)];
  throw new ConfigurationError('id', `"${id}" is no dead letter`, 'Name one as dead-letters list does, e.g. 12-3-0.');
}

/** What a dead letter is called: batch, offset of the message, item of the message. */
export const ID = `d.batch || '-' || d."offset" || '-' || d.item`;

/** Whether the message of a dead letter was run again since. */
export const RETRIED = `(${deadLetterSourceSql('d')}) IN (
  SELECT source FROM bronze.patient_vitals WHERE starts_with(source, 'dead-letter:'))`;

/** Rows of a query over the dead letters that are meant. */
export function selectLetters(session: QuerySession, sql: string, condition: Condition): Promise<QueryRow[]> {
  return session.all(sql, condition.parameters);
}
