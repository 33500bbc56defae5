import type { LakeFiles } from '../lake/lake-files.js';
import type { LakeSnapshot, LiveFile } from '../lake/reader.js';
import { qualifiedName, type Table } from '../schema/column.js';
import { TABLES } from '../schema/index.js';
import { conditionAsOf, type AsOf } from './as-of.js';
import type { Database } from './database.js';
import { quotedTable, relationOver } from './sql-text.js';
import { tablesIn } from './tables-in.js';

/**
 * The schemas of the lake and a view per table over its live files.
 *
 * @param asOf the earlier state that the views show; null for the snapshot's own
 */
export async function createTableViews(
  database: Database,
  snapshot: LakeSnapshot,
  asOf: AsOf | null = null,
): Promise<void> {
  for (const tier of new Set(TABLES.map((table) => table.tier))) await database.run(`CREATE SCHEMA ${tier}`);
  for (const table of TABLES) await createView(database, table, filesOf(snapshot, table), asOf);
}

/** A snapshot without its files: what {@link createTableViews} makes of it has every column and no row. */
export function withoutFiles(snapshot: LakeSnapshot): LakeSnapshot {
  return { ...snapshot, tables: new Map() };
}

/** A snapshot whose files are all lent. */
export async function lendSnapshot(files: LakeFiles, snapshot: LakeSnapshot): Promise<LakeSnapshot> {
  if (files.inPlace) return snapshot;
  const tables = new Map<string, LakeSnapshot['tables'] extends ReadonlyMap<string, infer T> ? T : never>();
  for (const [name, table] of snapshot.tables) tables.set(name, { ...table, files: await files.lend(table.files) });
  return { ...snapshot, tables };
}

/**
 * The table views of a snapshot whose files have to be lent first: a table's are when a statement mentions it, and looked
 * after again with every further one, so that a copy that was deleted meanwhile is made anew.
 */
export class LentTables {
  /** Qualified name to the locations that its view is over. */
  readonly #shown = new Map<string, string>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly snapshot: LakeSnapshot,
    private readonly files: LakeFiles,
    private readonly asOf: AsOf | null = null,
  ) {}

  /** Resolves when a statement finds the rows of every table that it may read. Throws a LakeError when it cannot. */
  provide(sql: string): Promise<void> {
    // One at a time: two statements may mention the same table.
    const turn = this.#turn.then(async () => {
      for (const table of tablesIn(sql)) await this.#show(table);
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #show(table: Table): Promise<void> {
    const lent = await this.files.lend(filesOf(this.snapshot, table));
    const locations = lent.map((file) => file.location).join('\n');
    const name = qualifiedName(table);
    if (this.#shown.get(name) === locations) return;
    await createView(this.database, table, lent, this.asOf);
    this.#shown.set(name, locations);
  }
}

async function createView(
  database: Database,
  table: Table,
  files: readonly LiveFile[],
  asOf: AsOf | null,
): Promise<void> {
  const condition = asOf === null ? null : conditionAsOf(table, asOf);
  const where = condition === null ? '' : ` WHERE ${condition}`;
  await database.run(`CREATE OR REPLACE VIEW ${quotedTable(table)} AS FROM ${relationOver(table, files)}${where}`);
}

function filesOf(snapshot: LakeSnapshot, table: Table): readonly LiveFile[] {
  return snapshot.tables.get(qualifiedName(table))?.files ?? [];
}
