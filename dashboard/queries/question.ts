import { filesWithin } from '../../query/pruned-relations.js';
import { qualifiedName, type Table } from '../../schema/column.js';
import { GOLD_ALERT_EVENTS } from '../../schema/tables/gold-alert-events.js';
import type { LakeStore } from './lake-store.js';
import type { Moment } from './moment.js';
import type { Parts } from './parts.js';

/** What every question is asked with. */
export interface Question {
  readonly store: LakeStore;
  readonly parts: Parts;
  readonly moment: Moment;
}

/** Rows that are cheap to read again with every commit. */
const CHEAP_ROWS = 50_000;
/** Milliseconds of event time between two computations of what is dear: as often as the engine fires its panes. */
const CADENCE = 10_000;

/** Names the state of these tables at a moment: the same text, the same rows. */
export function stateOf({ moment }: Question, tables: readonly Table[]): string {
  if (moment.asOf !== null) return `as of ${moment.asOf} ${moment.batch} ${versionOf(moment, GOLD_ALERT_EVENTS)}`;
  return `live ${tables.map((table) => versionOf(moment, table)).join(' ')}`;
}

/**
 * Names the state of a table as {@link stateOf} does; where many rows would have to be read again, the name stays the same for
 * a while, and what is computed from it may be that old.
 *
 * @param cadence that while, milliseconds of event time
 */
export function paceOf(question: Question, table: Table, from: number, cadence = CADENCE): string {
  const { moment } = question;
  const files = moment.snapshot.tables.get(qualifiedName(table))?.files ?? [];
  const rows = filesWithin(table, files, { from, to: Infinity }).reduce((sum, file) => sum + (file.rows ?? 0), 0);
  if (moment.asOf !== null || rows <= CHEAP_ROWS) return stateOf(question, [table]);
  return `live about ${Math.floor(moment.frontier / cadence)}`;
}

/** `$3, $4, $5`: places of bound values, from a first one on. */
export function places(values: readonly unknown[], first: number): string {
  return values.map((_, index) => `$${first + index}`).join(', ');
}

function versionOf(moment: Moment, table: Table): number {
  return moment.snapshot.tables.get(qualifiedName(table))?.version ?? -1;
}
