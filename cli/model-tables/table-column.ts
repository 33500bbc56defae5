import { historyColumn, parseHistoryFeature, type HistoryFeature } from '../../model/features/history.js';
import type { PatientSeries } from '../../model/features/series.js';
import { cellReader, type CellReader } from './cell-reader.js';
import { refuseCell, type CsvHeader } from './csv-header.js';
import { NumericColumn } from './numeric-column.js';

/** One feature of a table, while its file is read. */
export class TableColumn {
  /** Null once a cell was not a number. */
  private column: NumericColumn | null = new NumericColumn();

  constructor(
    readonly name: string,
    /** How it follows from a patient's past; null where it is the row's own. */
    readonly history: HistoryFeature | null,
    private readonly read: CellReader,
  ) {}

  /**
   * @param wasNamed by `--features`: then it must be a number
   * @throws ConfigurationError for a cell that must be a number and is none
   */
  add(record: readonly string[], line: number, wasNamed: boolean): void {
    if (this.column === null) return;
    const value = this.read(record, line);
    if (value !== null) this.column.add(value);
    else if (wasNamed) throw refuseCell(this.history?.base ?? this.name, line, 'a number');
    else this.column = null;
  }

  /** Whether every cell was a number or missing, and at least one was there. */
  isNumeric(): boolean {
    return this.column !== null && this.column.present > 0;
  }

  /** The value of each row. */
  values(count: number, series: PatientSeries | null): (row: number) => number {
    const column = this.column!;
    if (this.history === null || series === null) return (row) => column.value(row);
    const base = Float64Array.from({ length: count }, (_, row) => column.value(row));
    const made = historyColumn(base, series, this.history);
    return (row) => made[row]!;
  }
}

/**
 * The column of a feature: the file's own, or made from others.
 * @throws ConfigurationError where the file has neither
 */
export function openColumn(header: CsvHeader, name: string): TableColumn {
  const history = header.names.includes(name) ? null : parseHistoryFeature(name);
  return new TableColumn(name, history, cellReader(header, history?.base ?? name, '--features'));
}
