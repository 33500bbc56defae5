import type { Table } from '../../schema/column.js';
import type { DataFile } from '../manifest.js';
import type { AddFile, RemoveFile } from './actions.js';
import { decodeStats, encodeStats, type Ranges } from './stats.js';

/** A file of a table, as a snapshot of its log knows it. */
export interface TableFile {
  /** Relative to the table's folder. */
  readonly path: string;
  readonly partition: Readonly<Record<string, string | null>>;
  /** Null only for a file that another program added without statistics. */
  readonly rows: number | null;
  readonly bytes: number;
  readonly stats: Ranges;
}

/** What puts a data file into the log. */
export function addOf(table: Table, file: Omit<DataFile, 'table' | 'sha256'>, now: number, dataChange = true): AddFile {
  return {
    path: encodePath(file.path),
    partitionValues: file.partition,
    size: file.bytes,
    modificationTime: now,
    dataChange,
    stats: encodeStats(table, file.rows, file.stats),
  };
}

/** What takes a file out of the log, its rows having moved elsewhere. */
export function removeOf(file: AddFile, now: number): RemoveFile {
  return {
    path: file.path,
    deletionTimestamp: now,
    dataChange: false,
    extendedFileMetadata: true,
    partitionValues: file.partitionValues,
    size: file.size,
  };
}

export function tableFileOf(table: Table, add: AddFile): TableFile {
  const { rows, stats } = decodeStats(table, add.stats);
  return { path: decodeURIComponent(add.path), partition: add.partitionValues, rows, bytes: add.size, stats };
}

/** Paths in a log are URL-encoded; ours are made of characters that need none, so this only guards the rule. */
function encodePath(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replaceAll('%3D', '=');
}
