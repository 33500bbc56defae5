import type { RowGroups } from './drift/reference.js';
import type { PatientSeries } from './features/series.js';
import type { Matrix } from './matrix.js';

/** Rows of a matrix, in the order in which they are named. */
export function matrixOf({ width, cell }: Matrix, rows: Uint32Array): Matrix {
  return { count: rows.length, width, cell: (row, column) => cell(rows[row]!, column) };
}

/** Whose and when some rows are. */
export function seriesOfRows({ patients, times }: PatientSeries, rows: Uint32Array): PatientSeries {
  return { patients: rows.map((row) => patients[row]!), times: Float64Array.from(rows, (row) => times[row]!) };
}

/** Whose and of which ward some rows are, where somebody said so. */
export function groupsOfRows({ patients = null, wards = null }: RowGroups, rows: Uint32Array): RowGroups {
  return {
    patients: patients === null ? null : rows.map((row) => patients[row]!),
    wards: wards === null ? null : Array.from(rows, (row) => wards[row] ?? null),
  };
}
