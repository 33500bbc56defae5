import type { Column, Table } from '../../schema/column.js';
import { deltaPartitionColumns, deltaSchemaString } from '../../schema/render/delta.js';
import { sequenceOf } from '../data-file.js';
import { APPLICATION } from '../frozen-batch.js';
import type { Action, MetaData } from './actions.js';
import type { TableState } from './table-state.js';

/**
 * In the configuration of a table that columns were added to: the last batch whose files may lack them. Of no meaning to
 * other readers, who look into each file.
 */
const ADDED_AFTER = 'vitals.columnsAddedAfterBatch';

/**
 * The commit that brings a table's schema up to this program: nullable columns that it does not have yet. No file is
 * written again; rows from before read as null, here and in every other Delta reader.
 *
 * @returns null when there is nothing to add, or when more than that differs (the caller refuses such a table)
 */
export function evolutionActions(table: Table, state: TableState, now: number): readonly Action[] | null {
  const { metaData } = state;
  if (metaData === null || !isAdditive(table, metaData)) return null;
  const added = missingColumns(table, metaData).map((column) => column.name);
  // One more than the log has: a batch whose manifest is there may not be in this log yet.
  const after = (state.transactions.get(APPLICATION) ?? 0) + 1;
  const commitInfo = {
    timestamp: now,
    operation: 'ADD COLUMNS',
    operationParameters: { columns: JSON.stringify(added) },
    engineInfo: 'vitals-lakehouse',
  };
  const configuration = { ...metaData.configuration, [ADDED_AFTER]: String(after) };
  return [{ commitInfo }, { metaData: { ...metaData, schemaString: deltaSchemaString(table), configuration } }];
}

/** Which files of a table may lack columns that this program knows: none, in a table that was made with all of them. */
export function lacksColumns(table: Table, metaData: MetaData | null): (path: string) => boolean {
  if (metaData === null) return () => false;
  if (missingColumns(table, metaData).length > 0) return () => true;
  const after = metaData.configuration[ADDED_AFTER];
  if (after === undefined) return () => false;
  return (path) => (sequenceOf(path) ?? 0) <= Number(after);
}

interface Field {
  readonly name: string;
  readonly type: string;
}

function isAdditive(table: Table, metaData: MetaData): boolean {
  if (metaData.partitionColumns.join() !== deltaPartitionColumns(table).join()) return false;
  const wanted = new Map(fieldsOf(deltaSchemaString(table)).map((field) => [field.name, field.type]));
  const kept = fieldsOf(metaData.schemaString).every((field) => wanted.get(field.name) === field.type);
  const missing = missingColumns(table, metaData);
  return kept && missing.length > 0 && missing.every((column) => !column.required);
}

function missingColumns(table: Table, metaData: MetaData): readonly Column[] {
  // Read anew with every snapshot of every table: a parsed schema is kept as long as its text.
  const known = columnNames(metaData);
  return table.columns.filter((column) => !known.has(column.name));
}

const names = new WeakMap<MetaData, ReadonlySet<string>>();

function columnNames(metaData: MetaData): ReadonlySet<string> {
  const known = names.get(metaData) ?? new Set(fieldsOf(metaData.schemaString).map((field) => field.name));
  names.set(metaData, known);
  return known;
}

function fieldsOf(schemaString: string): readonly Field[] {
  return (JSON.parse(schemaString) as { fields: readonly Field[] }).fields;
}
