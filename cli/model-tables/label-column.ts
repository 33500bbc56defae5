import { numericCell } from './numeric-cell.js';
import { refuseCell } from './csv-header.js';

const FIRST_SIZE = 4_096;

/** Labels as a file gives them, row by row: 1 for an anomaly, 0 for any other. */
export class LabelColumn {
  private labels = new Uint8Array(FIRST_SIZE);
  private count = 0;

  constructor(private readonly name: string) {}

  /** @throws ConfigurationError for a cell that is not 0 or 1 */
  add(cell: string, line: number): void {
    const label = numericCell(cell);
    if (label !== 0 && label !== 1) throw refuseCell(this.name, line, 'a label: 0 or 1');
    if (this.count === this.labels.length) {
      const longer = new Uint8Array(2 * this.count);
      longer.set(this.labels);
      this.labels = longer;
    }
    this.labels[this.count++] = label;
  }

  values(): Uint8Array {
    return this.labels.subarray(0, this.count);
  }
}
