import type { LakeSnapshot } from '../../lake/reader.js';
import { openLakeFiles } from '../../lake/lake-files.js';
import { openDatabase, type Database, type QueryRow } from '../../query/database.js';
import { instant, relationOver } from '../../query/sql-text.js';
import { lendSnapshot } from '../../query/table-views.js';
import { qualifiedName, type Table } from '../../schema/column.js';
import { TABLES } from '../../schema/index.js';
import { UNKNOWN_WARD } from '../../transforms/ward-alerts.js';
import type { ReceivedBetween } from './bronze-batches.js';
import { COMPARED, type ComparedTable } from './compared-tables.js';
import { DIFFERENCE, differenceSql, type Sides } from './difference-sql.js';

/** A row that differs, as an example: identified by hashes and pseudonyms. */
export interface DifferenceExample {
  readonly kind: 'added' | 'changed' | 'removed';
  readonly row: Readonly<Record<string, string | null>>;
  /** What differs; of an added row the values that it has, of a removed one those that it had. */
  readonly changes: readonly { readonly column: string; readonly old: string | null; readonly new: string | null }[];
}

/** How a table of a rebuilt lake differs from that of the old one. */
export interface TableDifference {
  readonly table: string;
  /** False where nothing can be said: hours of wards are made of more than a range of time of receipt. */
  readonly compared: boolean;
  readonly before: number;
  readonly after: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** Rows that changed, by column. */
  readonly by_column: Readonly<Record<string, number>>;
  /** Rows that differ, by status (silver), reason (dead letters) or rule (alerts). */
  readonly by_reason: Readonly<Record<string, number>>;
  readonly examples: readonly DifferenceExample[];
}

/** Examples of each kind in a table. */
const EXAMPLES = 3;
/** Beyond it comparing spills to disk. */
const MEMORY_LIMIT = '1GB';

/**
 * Compares a lake with one that was rebuilt from its bronze, table by table, row by row: what is hashed, and the flags. Changes
 * nothing.
 *
 * Of a live lake, windows that hold something which it has not fired yet are left out, and with a range of time of receipt those
 * that hold readings from outside of it: they would differ for no fault of any rule.
 */
export async function compareLakes(
  before: LakeSnapshot,
  after: LakeSnapshot,
  received: ReceivedBetween,
): Promise<readonly TableDifference[]> {
  const database = await openDatabase({ memoryLimit: MEMORY_LIMIT });
  try {
    await database.run('SET preserve_insertion_order = false');
    const old = await lendSnapshot(openLakeFiles(before.root), before);
    const rebuilt = await lendSnapshot(openLakeFiles(after.root), after);
    const differences: TableDifference[] = [];
    for (const table of COMPARED) differences.push(await compare(database, table, old, rebuilt, received));
    return differences;
  } finally {
    await database.close();
  }
}

async function compare(
  database: Database,
  table: ComparedTable,
  before: LakeSnapshot,
  after: LakeSnapshot,
  received: ReceivedBetween,
): Promise<TableDifference> {
  const isWhole = received.from === -Infinity && received.to === Infinity;
  if (!isWhole && table.window?.by === 'ward') return nothingSaid(table.name);
  const sides: Sides = {
    old: relation(before, table.name),
    new: relation(after, table.name),
    counts: isWhole ? 'true' : dueIn(table, before, received),
    comparable: comparableIn(table, before, isWhole ? null : received),
  };
  for (const sql of differenceSql(table, sides)) await database.run(sql);
  return summary(database, table.name);
}

function relation(snapshot: LakeSnapshot, name: string): string {
  const table = (TABLES as readonly Table[]).find((one) => qualifiedName(one) === name) as Table;
  return relationOver(table, snapshot.tables.get(name)?.files ?? []);
}

const SILVER = 'silver.patient_vitals';

function within(column: string, { from, to }: ReceivedBetween): string {
  const bounds = [
    ...(Number.isFinite(from) ? [`${column} >= ${instant(from)}`] : []),
    ...(Number.isFinite(to) ? [`${column} < ${instant(to)}`] : []),
  ];
  return bounds.length === 0 ? 'true' : bounds.join(' AND ');
}

/** Old rows that messages of the range brought. */
function dueIn(table: ComparedTable, before: LakeSnapshot, received: ReceivedBetween): string {
  if (table.name === SILVER) return `(r.batch, r.source_message_id) IN (${messagesIn(before, received)})`;
  return table.window === null ? within('r.receive_time', received) : 'true';
}

function messagesIn(before: LakeSnapshot, received: ReceivedBetween): string {
  const bronze = relation(before, 'bronze.patient_vitals');
  return `SELECT batch, message_id FROM ${bronze} WHERE ${within('receive_time', received)}`;
}

/** Rows that neither what is not fired yet nor what lies outside the range has a part in. */
function comparableIn(table: ComparedTable, before: LakeSnapshot, received: ReceivedBetween | null): string {
  const silver = relation(before, SILVER);
  const outside = received === null ? 'false' : `(batch, source_message_id) NOT IN (${messagesIn(before, received)})`;
  if (table.name === 'gold.alerts' && received !== null) {
    return `r.reading_id NOT IN (SELECT reading_id FROM ${silver} WHERE ${outside})`;
  }
  if (table.window === null) return 'true';
  const { time, millis, by } = table.window;
  const fired = before.manifest?.fired[table.name] ?? 0;
  const hour = (column: string) => `epoch_ms(${column}) // ${millis} * ${millis}`;
  const held = `(r.${by}, epoch_ms(r.${time})) NOT IN`;
  if (by === 'patient_id') {
    return `${held} (SELECT patient_id, ${hour('event_time')} FROM ${silver} WHERE batch > ${fired} OR ${outside})`;
  }
  const alerts = relation(before, 'gold.alerts');
  return `${held} (SELECT coalesce(ward, '${UNKNOWN_WARD}'), ${hour('event_time')} FROM ${alerts} WHERE batch > ${fired})`;
}

async function summary(database: Database, table: string): Promise<TableDifference> {
  const [counted] = await database.rows('SELECT before, after FROM counted');
  const kinds = await tally(database, `SELECT kind AS name, count(*) AS n FROM ${DIFFERENCE} GROUP BY ALL`);
  const by_column = await tally(
    database,
    `SELECT change.column AS name, count(*) AS n
     FROM (SELECT unnest(changes) AS change FROM ${DIFFERENCE} WHERE kind = 'changed') GROUP BY ALL`,
  );
  const by_reason = await tally(
    database,
    `SELECT reason AS name, count(*) AS n FROM ${DIFFERENCE} WHERE reason IS NOT NULL GROUP BY ALL`,
  );
  const examples = await database.rows(
    `SELECT kind, shown AS row, changes FROM ${DIFFERENCE}
     QUALIFY row_number() OVER (PARTITION BY kind ORDER BY shown::VARCHAR) <= ${EXAMPLES} ORDER BY kind, shown::VARCHAR`,
  );
  return {
    table,
    compared: true,
    before: Number(counted?.['before']),
    after: Number(counted?.['after']),
    added: kinds['added'] ?? 0,
    changed: kinds['changed'] ?? 0,
    removed: kinds['removed'] ?? 0,
    by_column,
    by_reason,
    examples: (examples as unknown as DifferenceExample[]).map(withoutNulls),
  };
}

async function tally(database: Database, sql: string): Promise<Record<string, number>> {
  const rows = await database.rows(`SELECT * FROM (${sql}) ORDER BY n DESC, name`);
  return Object.fromEntries(rows.map((row: QueryRow) => [String(row['name']), Number(row['n'])]));
}

/** Of an added or removed row only what it has. */
function withoutNulls(example: DifferenceExample): DifferenceExample {
  return { ...example, changes: example.changes.filter((change) => change.old !== null || change.new !== null) };
}

function nothingSaid(table: string): TableDifference {
  const none = { before: 0, after: 0, added: 0, changed: 0, removed: 0, by_column: {}, by_reason: {}, examples: [] };
  return { table, compared: false, ...none };
}
