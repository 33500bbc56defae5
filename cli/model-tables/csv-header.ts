import { ConfigurationError } from '../../schema/errors.js';

/** Names of a CSV file's columns, by position. */
export class CsvHeader {
  readonly names: readonly string[];

  /** @throws ConfigurationError for an empty name, or two of one name */
  constructor(record: readonly string[]) {
    this.names = record.map((name) => name.trim());
    const bad = this.names.findIndex((name, i) => name === '' || this.names.indexOf(name) !== i);
    if (bad === -1) return;
    const problem = this.names[bad] === '' ? 'has no name' : `'${this.names[bad]}' is named like another`;
    throw new ConfigurationError(
      '--data',
      `column ${bad + 1} of the header ${problem}`,
      'Give every column its own name.',
    );
  }

  /**
   * The position of a column.
   * @param flag that named it, for the error
   */
  indexOf(name: string, flag: string): number {
    const index = this.names.indexOf(name);
    if (index !== -1) return index;
    const columns = this.names.slice(0, 20).join(', ') + (this.names.length > 20 ? ', …' : '');
    throw new ConfigurationError(flag, `the file has no column '${name}'`, `Its columns are: ${columns}.`);
  }

  /** @throws ConfigurationError for a record of another length than the header */
  check(record: readonly string[], line: number): void {
    if (record.length === this.names.length) return;
    throw new ConfigurationError(
      '--data',
      `line ${line} has ${record.length} cells where the header has ${this.names.length}`,
      'Write one cell for every column, empty where a value is missing.',
    );
  }
}

/** Refuses a cell without showing it: it may be a patient's. */
export function refuseCell(name: string, line: number, wanted: string): ConfigurationError {
  return new ConfigurationError(
    '--data',
    `line ${line}, column '${name}' is not ${wanted}`,
    'Mend the cell, or leave it empty.',
  );
}
