import type { RowSource } from './row-source.js';

/** Numbers in rows and columns, however they are stored: training reads a file's columns and the stream's rows alike. */
export interface Matrix {
  readonly count: number;
  readonly width: number;
  /** The value of a cell; NaN is missing. */
  cell(row: number, column: number): number;
}

/** A matrix over row-major values, such as the stream's blocks. */
export function rowMajor(values: Float64Array, count: number, width: number): Matrix {
  if (values.length < count * width) {
    throw new RangeError(`matrix: ${count} rows of ${width} need ${count * width} values, not ${values.length}`);
  }
  return { count, width, cell: (row, column) => values[row * width + column]! };
}

/** The rows of a matrix, each written in the order of its columns. */
export function matrixRows({ count, width, cell }: Matrix): RowSource {
  const fill = (row: number, out: Float64Array, at: number): void => {
    for (let column = 0; column < width; column++) out[at + column] = cell(row, column);
  };
  return { count, width, fill };
}
