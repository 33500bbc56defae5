/** Rows that can be written one by one: a file's, or the windows that end at its readings. */
export interface RowSource {
  readonly count: number;
  /** Values of a row. */
  readonly width: number;
  fill(row: number, out: Float64Array, at: number): void;
}
