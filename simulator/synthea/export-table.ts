import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '../../schema/errors.js';
import { readCsv, type CsvRecord } from './csv-records.js';

const REMEDY =
  'Name a folder with patients.csv, conditions.csv and observations.csv as Synthea exports them, unpacked.';

/**
 * Reads the named columns of a table of a Synthea CSV export, whatever other columns there are, one record after another.
 *
 * @param take is given the values in the order of `columns`, and the line
 * @throws ConfigurationError naming --synthea and the file when it is missing, has not these columns, or is no CSV
 */
export async function readTable<Column extends string>(
  folder: string,
  name: string,
  columns: readonly Column[],
  take: (values: Readonly<Record<Column, string>>, line: number) => void,
): Promise<void> {
  const file = join(folder, name);
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw unusable(file, 'there is no such file');
  let places: readonly number[] | null = null;
  try {
    for await (const records of readCsv(file)) {
      for (const record of records) {
        if (places === null) places = placesOf(record, columns, file);
        else take(valuesOf(record, places, columns, file), record.line);
      }
    }
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw unusable(file, error instanceof Error ? error.message : String(error));
  }
  if (places === null) throw unusable(file, 'it is empty');
}

/** An export that cannot be used, and why. */
export function unusable(file: string, reason: string): ConfigurationError {
  return new ConfigurationError('--synthea', `${file} cannot be used: ${reason}`, REMEDY);
}

function placesOf(header: CsvRecord, columns: readonly string[], file: string): number[] {
  return columns.map((column) => {
    const place = header.fields.findIndex((name) => name.trim().toUpperCase() === column.toUpperCase());
    if (place === -1) throw unusable(file, `it has no column ${column}`);
    return place;
  });
}

function valuesOf<Column extends string>(
  { fields, line }: CsvRecord,
  places: readonly number[],
  columns: readonly Column[],
  file: string,
): Record<Column, string> {
  const values: Partial<Record<Column, string>> = {};
  for (const [at, column] of columns.entries()) {
    const value = fields[places[at] as number];
    if (value === undefined) throw unusable(file, `line ${line} ends before the column ${column}`);
    values[column] = value;
  }
  return values as Record<Column, string>;
}
