import { createHash } from 'node:crypto';
import type { Matrix } from '../../../model/matrix.js';
import { ConfigurationError } from '../../../schema/errors.js';
import { refuseCell, type CsvHeader } from './csv-header.js';
import { readCsv } from './csv-records.js';
import { LabelColumn } from './label-column.js';
import { numericCell } from './numeric-cell.js';
import { NumericColumn } from './numeric-column.js';

/** A CSV file as training wants it: 8 bytes a value that is kept, whatever the file's size. */
export interface TrainingTable {
  /** Names of the columns of `data`. */
  readonly features: readonly string[];
  readonly data: Matrix;
  /** Null without `--label`. */
  readonly labels: Uint8Array | null;
  /** Columns that were left out because they hold something other than numbers, or nothing. */
  readonly skipped: readonly string[];
  /** Hex SHA-256 of the file. */
  readonly sha256: string;
}

interface Candidate {
  readonly name: string;
  readonly index: number;
  /** Null once a cell was not a number. */
  column: NumericColumn | null;
}

/**
 * Reads the columns to train on, in one pass.
 *
 * @param features column names; null for every numeric column but the label
 * @param label column name, or null; never among the features
 * @throws ConfigurationError naming the flag, column or line that is wrong
 */
export async function readTrainingTable(
  file: string,
  features: readonly string[] | null,
  label: string | null,
): Promise<TrainingTable> {
  if (label !== null && features?.includes(label)) {
    throw new ConfigurationError('--features', `'${label}' is the label`, 'A label is never trained on: leave it out.');
  }
  const hash = createHash('sha256');
  const labels = label === null ? null : new LabelColumn(label);
  let candidates: Candidate[] | null = null;
  let count = 0;
  for await (const { header, records, lines } of readCsv(file, (bytes) => hash.update(bytes))) {
    candidates ??= openColumns(header, features, label);
    const labelIndex = label === null ? -1 : header.indexOf(label, '--label');
    for (const [i, record] of records.entries()) {
      for (const candidate of candidates) addCell(candidate, record, lines[i]!, features !== null);
      labels?.add(record[labelIndex]!, lines[i]!);
    }
    count += records.length;
  }
  if (candidates === null || count === 0)
    throw new ConfigurationError('--data', `${file} has no rows`, 'Name a CSV file with a header and rows.');
  const isKept = ({ column }: Candidate): boolean => features !== null || (column !== null && column.present > 0);
  const kept = candidates.filter(isKept);
  return {
    features: kept.map(({ name }) => name),
    data: matrixOf(kept, count),
    labels: labels?.values() ?? null,
    skipped: candidates.filter((candidate) => !isKept(candidate)).map(({ name }) => name),
    sha256: hash.digest('hex'),
  };
}

function openColumns(header: CsvHeader, features: readonly string[] | null, label: string | null): Candidate[] {
  const names = features ?? header.names.filter((name) => name !== label);
  return names.map((name) => ({ name, index: header.indexOf(name, '--features'), column: new NumericColumn() }));
}

function addCell(candidate: Candidate, record: readonly string[], line: number, wasNamed: boolean): void {
  if (candidate.column === null) return;
  const value = numericCell(record[candidate.index]!);
  if (value !== null) candidate.column.add(value);
  else if (wasNamed) throw refuseCell(candidate.name, line, 'a number');
  else candidate.column = null;
}

function matrixOf(kept: readonly Candidate[], count: number): Matrix {
  const columns = kept.map(({ column }) => column!);
  return { count, width: columns.length, cell: (row, column) => columns[column]!.value(row) };
}
