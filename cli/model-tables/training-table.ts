import { createHash } from 'node:crypto';
import type { RowGroups } from '../../model/drift/reference.js';
import type { PatientSeries } from '../../model/features/series.js';
import type { Matrix } from '../../model/matrix.js';
import { ConfigurationError } from '../../schema/errors.js';
import type { CsvHeader } from './csv-header.js';
import { readCsv } from './csv-records.js';
import { GroupColumns } from './group-columns.js';
import { LabelColumn } from './label-column.js';
import { SERIES_COLUMNS, SeriesColumns } from './series-columns.js';
import { openColumn, type TableColumn } from './table-column.js';

/** A CSV file as training wants it: 8 bytes a value that is kept, whatever the file's size. */
export interface TrainingTable {
  /** Names of the columns of `data`. */
  readonly features: readonly string[];
  readonly data: Matrix;
  /** Null where nothing asked whose and when each row is. */
  readonly series: PatientSeries | null;
  /** By the number that the series gives a patient; null without a series. */
  readonly patientIds: readonly string[] | null;
  /** Whose each row is and of which ward, where the file says so. */
  readonly groups: RowGroups;
  /** Null without `--label`. */
  readonly labels: Uint8Array | null;
  /** Columns that were left out because they hold something other than numbers, or nothing. */
  readonly skipped: readonly string[];
  /** Hex SHA-256 of the file. */
  readonly sha256: string;
}

/**
 * Reads the columns to train on, in one pass.
 *
 * @param features names of columns, or of features that follow from columns; null for every numeric column but the label
 * @param label column name, or null; never among the features
 * @param readsWindows whose and when each row is, is wanted, and then no feature
 * @throws ConfigurationError naming the flag, column or line that is wrong
 */
export async function readTrainingTable(
  file: string,
  features: readonly string[] | null,
  label: string | null,
  readsWindows = false,
): Promise<TrainingTable> {
  if (label !== null && features?.includes(label)) {
    throw new ConfigurationError('--features', `'${label}' is the label`, 'A label is never trained on: leave it out.');
  }
  const hash = createHash('sha256');
  const labels = label === null ? null : new LabelColumn(label);
  let columns: TableColumn[] | null = null;
  let series: SeriesColumns | null = null;
  let groups: GroupColumns | null = null;
  let count = 0;
  for await (const { header, records, lines } of readCsv(file, (bytes) => hash.update(bytes))) {
    groups ??= new GroupColumns(header);
    if (columns === null) {
      columns = featureNames(header, features, label, readsWindows).map((name) => openColumn(header, name));
      if (readsWindows || columns.some(({ history }) => history !== null)) series = new SeriesColumns(header);
    }
    const labelIndex = label === null ? -1 : header.indexOf(label, '--label');
    for (const [i, record] of records.entries()) {
      for (const column of columns) column.add(record, lines[i]!, features !== null);
      labels?.add(record[labelIndex]!, lines[i]!);
      series?.add(record, lines[i]!);
      groups.add(record);
    }
    count += records.length;
  }
  if (columns === null || count === 0)
    throw new ConfigurationError('--data', `${file} has no rows`, 'Name a CSV file with a header and rows.');
  const kept = columns.filter((column) => features !== null || column.isNumeric());
  const made = series?.values() ?? null;
  return {
    features: kept.map(({ name }) => name),
    data: matrixOf(kept, count, made),
    series: made,
    patientIds: series?.patientIds() ?? null,
    groups: groups?.values() ?? {},
    labels: labels?.values() ?? null,
    skipped: columns.filter((column) => !kept.includes(column)).map(({ name }) => name),
    sha256: hash.digest('hex'),
  };
}

function featureNames(
  header: CsvHeader,
  features: readonly string[] | null,
  label: string | null,
  readsWindows: boolean,
): readonly string[] {
  if (features !== null) return features;
  return header.names.filter((name) => name !== label && !(readsWindows && SERIES_COLUMNS.includes(name)));
}

function matrixOf(kept: readonly TableColumn[], count: number, series: PatientSeries | null): Matrix {
  const values = kept.map((column) => column.values(count, series));
  return { count, width: kept.length, cell: (row, column) => values[column]!(row) };
}
