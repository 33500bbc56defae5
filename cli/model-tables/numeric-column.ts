const CHUNK_BITS = 16;
const CHUNK_ROWS = 1 << CHUNK_BITS;

/** A column of numbers that grows by chunks, so that a long file is never copied to make room. */
export class NumericColumn {
  /** Values that are present. */
  present = 0;
  private readonly chunks: Float64Array[] = [];
  private count = 0;

  /** @param value NaN is missing */
  add(value: number): void {
    const row = this.count++ & (CHUNK_ROWS - 1);
    if (row === 0) this.chunks.push(new Float64Array(CHUNK_ROWS));
    this.chunks[this.chunks.length - 1]![row] = value;
    if (value === value) this.present++;
  }

  value(row: number): number {
    return this.chunks[row >>> CHUNK_BITS]![row & (CHUNK_ROWS - 1)]!;
  }
}
