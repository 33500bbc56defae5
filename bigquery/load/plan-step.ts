import { sequenceOf } from '../../lake/data-file.js';
import type { LiveFile } from '../../lake/reader.js';
import { overlaps, without, type BatchRange } from './batch-set.js';

/** Rows that one load job brings: those of these batches, wherever compaction has put them. */
export interface PlannedStep {
  readonly last: number;
  /** Without what streams have written. */
  readonly batches: readonly BatchRange[];
  /** Files that may hold rows of those batches, among others. */
  readonly files: readonly LiveFile[];
}

/** Bytes of the lake's files that one job takes, about: a few minutes of upload, lost at most when a load is killed. */
const STEP_BYTES = 256 << 20;

/**
 * The next step of one day of a table; null when all its batches up to `through` are loaded.
 *
 * @param files the day's live files
 * @param first the first batch that is not loaded
 * @param streamed batches that streams have written
 */
export function planStep(
  files: readonly LiveFile[],
  first: number,
  through: number,
  streamed: readonly BatchRange[],
  stepBytes = STEP_BYTES,
): PlannedStep | null {
  const open = { first, last: through };
  const due = files.filter((file) => overlaps(batchesOf(file), open));
  if (due.length === 0) return null;
  const last = Math.min(through, lastWithin(due, stepBytes));
  const batches = without({ first, last }, streamed);
  const holding = due.filter((file) => batches.some((range) => overlaps(range, batchesOf(file))));
  return { last, batches, files: holding };
}

/** Batches whose rows a file may hold, by its statistics; by its name where there are none. */
function batchesOf(file: LiveFile): BatchRange {
  const range = file.stats['batch'];
  if (range !== undefined) return { first: range[0], last: range[1] };
  return { first: 1, last: sequenceOf(file.path) ?? Infinity };
}

/** The greatest batch up to which the files stay within so many bytes; at least one file's. */
function lastWithin(files: readonly LiveFile[], bytes: number): number {
  const ordered = [...files].sort((a, b) => batchesOf(a).last - batchesOf(b).last);
  let total = 0;
  const end = ordered.findIndex((file) => (total += file.bytes) > bytes);
  return end < 0 ? Infinity : batchesOf(ordered[Math.max(0, end - 1)]!).last;
}
