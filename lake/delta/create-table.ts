import { createHash } from 'node:crypto';
import { qualifiedName, type Table } from '../../schema/column.js';
import { deltaPartitionColumns, deltaSchemaString } from '../../schema/render/delta.js';
import { LakeError } from '../lake-error.js';
import type { Action } from './actions.js';
import type { TableState } from './table-state.js';

/** Reader 1, writer 2: what every Delta reader understands; nothing in this lake needs more (DELTA.md). */
const PROTOCOL = { minReaderVersion: 1, minWriterVersion: 2 };

/** How long others who clean this table must leave what is no longer part of it: the tombstone retention of vacuum.ts. */
const CONFIGURATION = { 'delta.deletedFileRetentionDuration': 'interval 1 hours' };

/** Version 0 of a table. */
export function creationActions(table: Table, now: number): readonly Action[] {
  const metaData = {
    id: tableId(`${qualifiedName(table)}@${now}`),
    format: { provider: 'parquet', options: {} },
    schemaString: deltaSchemaString(table),
    partitionColumns: deltaPartitionColumns(table),
    configuration: CONFIGURATION,
    createdTime: now,
  };
  const commitInfo = {
    timestamp: now,
    operation: 'CREATE TABLE',
    operationParameters: { partitionBy: JSON.stringify(metaData.partitionColumns) },
    engineInfo: 'vitals-lakehouse',
  };
  return [{ commitInfo }, { protocol: PROTOCOL }, { metaData }];
}

/** Throws a {@link LakeError} when a log is not one that this version of the project can append to. */
export function verifyTable(table: Table, state: TableState): void {
  const { protocol, metaData } = state;
  const name = qualifiedName(table);
  if (protocol === null || metaData === null) {
    throw new LakeError('CORRUPT', `The log of ${name} has no protocol or no schema`, 'Restore its first commit');
  }
  if (protocol.minReaderVersion > 1 || protocol.minWriterVersion > 2) {
    const problem = `${name} was upgraded to Delta protocol ${protocol.minReaderVersion}/${protocol.minWriterVersion}`;
    throw new LakeError('INCOMPATIBLE', problem, 'Rebuild the lake by replaying bronze into a new folder');
  }
  const sameSchema = columnsOf(metaData.schemaString) === columnsOf(deltaSchemaString(table));
  const samePartitions = metaData.partitionColumns.join() === deltaPartitionColumns(table).join();
  if (!sameSchema || !samePartitions) {
    const problem = `${name} was written with another schema than this version of the project has`;
    throw new LakeError('INCOMPATIBLE', problem, 'Rebuild the lake by replaying bronze into a new folder');
  }
}

/** Names and types: a better description of a column is no other schema. */
function columnsOf(schemaString: string): string {
  const { fields } = JSON.parse(schemaString) as { fields: readonly { name: string; type: string }[] };
  return fields.map((field) => `${field.name} ${field.type}`).join();
}

/** A UUID (version 8, RFC 9562) out of a text, so that a test that fixes the clock fixes the table too. */
function tableId(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
