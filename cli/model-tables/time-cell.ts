/** ISO 8601 with a zone: a time without one is not a point in time. */
const ISO_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;
const EPOCH_MILLIS = /^\d{1,15}$/;

/**
 * The time in a CSV cell as epoch milliseconds, from ISO 8601 with a zone or from epoch milliseconds; NaN where the cell
 * is empty.
 * @returns null for anything else
 */
export function timeCell(cell: string): number | null {
  const text = cell.trim();
  if (text === '') return NaN;
  if (EPOCH_MILLIS.test(text)) return Number(text);
  if (!ISO_TIME.test(text)) return null;
  const millis = Date.parse(text.replace(' ', 'T'));
  return Number.isNaN(millis) ? null : millis;
}
