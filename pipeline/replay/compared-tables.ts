import { qualifiedName, type Column, type Table } from '../../schema/column.js';
import { GOLD_ALERTS } from '../../schema/tables/gold-alerts.js';
import { GOLD_PATIENT_SUMMARY } from '../../schema/tables/gold-patient-summary.js';
import { GOLD_VITALS_HOURLY } from '../../schema/tables/gold-vitals-hourly.js';
import { GOLD_WARD_ALERTS_HOURLY } from '../../schema/tables/gold-ward-alerts-hourly.js';
import { SILVER_DEAD_LETTER } from '../../schema/tables/silver-dead-letter.js';
import { SILVER_PATIENT_VITALS } from '../../schema/tables/silver-patient-vitals.js';

/** What counts as a row of a table when two lakes are compared. */
export interface ComparedTable {
  readonly name: string;
  /** Columns that identify a row in both lakes. */
  readonly key: readonly string[];
  /** Where no row of the key is in the other lake: columns by which what is left is paired, in order; empty for never. */
  readonly pairBy: readonly string[];
  /** Columns whose values are compared. */
  readonly columns: readonly string[];
  /** Columns that an example shows besides what changed; pseudonyms at most. */
  readonly shown: readonly string[];
  /** The rows that count, given the relation of the table: every version, the latest panes that hold something, what stands. */
  readonly rows: (relation: string) => string;
  /** Windows of the old lake that cannot be compared are left out by these columns: its time, and what it is of. */
  readonly window: { readonly time: string; readonly millis: number; readonly by: 'patient_id' | 'ward' } | null;
  /** The column by which differences are counted besides columns; null for none. */
  readonly reason: string | null;
}

const every = (relation: string): string => relation;

function panes(table: Table, millis: number, by: 'patient_id' | 'ward'): ComparedTable {
  const key = table.key.filter((name) => name !== 'order_key');
  const latest = (relation: string) =>
    `(FROM ${relation} QUALIFY row_number() OVER (PARTITION BY ${key.join(', ')} ORDER BY order_key DESC) = 1)`;
  return {
    name: qualifiedName(table),
    key,
    pairBy: [],
    columns: hashed(table).filter((name) => !key.includes(name)),
    shown: key,
    rows: (relation) => `(FROM ${latest(relation)} WHERE n > 0)`,
    window: { time: 'window_start', millis, by },
    reason: null,
  };
}

function hashed(table: Table): string[] {
  return (table.columns as readonly Column[]).filter((column) => column.hashed === true).map((column) => column.name);
}

const MINUTE = 60_000;
const HOUR = 3_600_000;

/** Every table that is made of bronze, in the order of reading. */
export const COMPARED: readonly ComparedTable[] = [
  {
    name: qualifiedName(SILVER_PATIENT_VITALS),
    key: ['reading_id', 'content_hash'],
    pairBy: ['reading_id'],
    columns: [
      ...hashed(SILVER_PATIENT_VITALS).filter((name) => name !== 'reading_id' && name !== 'content_hash'),
      'flags',
    ],
    shown: ['reading_id'],
    rows: every,
    window: null,
    reason: 'status',
  },
  {
    name: qualifiedName(SILVER_DEAD_LETTER),
    key: ['source_message_id', 'receive_time', 'item', 'stage', 'reason', 'field', 'scope', 'copy'],
    pairBy: [],
    columns: ['detail'],
    shown: ['item', 'stage', 'reason', 'field'],
    // A message may have come twice: copies are numbered.
    rows: (relation) =>
      `(SELECT * REPLACE (coalesce(field, '') AS field), row_number() OVER (
          PARTITION BY source_message_id, receive_time, item, stage, reason, field, scope ORDER BY detail) AS copy
        FROM ${relation})`,
    window: null,
    reason: 'reason',
  },
  panes(GOLD_PATIENT_SUMMARY, MINUTE, 'patient_id'),
  panes(GOLD_VITALS_HOURLY, HOUR, 'patient_id'),
  {
    name: qualifiedName(GOLD_ALERTS),
    key: ['alert_id'],
    pairBy: ['reading_id', 'rule'],
    columns: hashed(GOLD_ALERTS).filter((name) => name !== 'alert_id'),
    shown: ['alert_id', 'rule', 'reading_id'],
    rows: (relation) =>
      `(FROM (FROM ${relation} QUALIFY row_number() OVER (PARTITION BY alert_id ORDER BY order_key DESC) = 1)
        WHERE state = 'raised')`,
    window: null,
    reason: 'rule',
  },
  panes(GOLD_WARD_ALERTS_HOURLY, HOUR, 'ward'),
];
