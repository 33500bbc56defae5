/** Cells that stand for a missing value in the files of common tools. */
const MISSING = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '?']);

/** Decimal notation only: `Number` would also take 0x1F, Infinity and blanks. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * The number in a CSV cell: NaN where it is missing; true and false are 1 and 0.
 * @returns null for anything else, and for a number beyond the range of float64
 */
export function numericCell(cell: string): number | null {
  const text = cell.trim();
  if (DECIMAL.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : null;
  }
  const word = text.toLowerCase();
  if (MISSING.has(word)) return NaN;
  if (word === 'true') return 1;
  return word === 'false' ? 0 : null;
}
