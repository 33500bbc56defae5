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

/** Copies rows `from` to `from + count` of a matrix to `out`, row-major. */
export function copyRows(matrix: Matrix, from: number, count: number, out: Float64Array): void {
  for (let row = 0, at = 0; row < count; row++) {
    for (let column = 0; column < matrix.width; column++) out[at++] = matrix.cell(from + row, column);
  }
}
