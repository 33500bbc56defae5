import type { AddFile } from './delta/actions.js';
import type { TableFile } from './delta/file-action.js';

const KIB = 1024;
const MIB = 1024 * KIB;

/** A file that may be merged, with its place in the log. */
export interface Candidate {
  readonly add: AddFile;
  readonly file: TableFile;
}

/** Files of one size class are merged when there are this many. */
export interface MergeOptions {
  /** Of the smallest class (default 32). */
  readonly minFiles?: number;
  /** Files of this size and more are left alone, bytes (default 128 MiB). */
  readonly targetBytes?: number;
}

/** Upper bounds of the size classes: each eight times the last, so that a byte is rewritten four times in its life. */
const CLASSES = [64 * KIB, 512 * KIB, 4 * MIB, 32 * MIB] as const;

/** Files of a larger class that make one of the next. */
const LARGER_FILES = 8;

/** Files of one merge at most: each takes DuckDB a millisecond and a file handle. */
const MAX_FILES = 1_000;

const DEFAULT_MIN_FILES = 32;
const DEFAULT_TARGET = 128 * MIB;

/**
 * Groups of files of one partition and one size class that are due to be merged, as in a log-structured merge tree:
 * merging like with like keeps both the number of files and the number of times a row is rewritten small.
 */
export function planMerges(candidates: readonly Candidate[], options: MergeOptions): readonly (readonly Candidate[])[] {
  const minFiles = options.minFiles ?? DEFAULT_MIN_FILES;
  const target = options.targetBytes ?? DEFAULT_TARGET;
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const sizeClass = classOf(candidate.file.bytes, target);
    if (sizeClass === null) continue;
    const key = JSON.stringify([candidate.file.partition, sizeClass]);
    const group = groups.get(key);
    if (group) group.push(candidate);
    else groups.set(key, [candidate]);
  }
  return Array.from(groups, ([key, group]) => {
    const [, sizeClass] = JSON.parse(key) as [unknown, number];
    const due = sizeClass === 0 ? minFiles : Math.min(minFiles, LARGER_FILES);
    return group.length < due ? [] : upTo(target, group.sort(byPath));
  }).filter((group) => group.length > 1);
}

function classOf(bytes: number, target: number): number | null {
  if (bytes >= target) return null;
  const found = CLASSES.findIndex((bound) => bytes < bound);
  return found < 0 ? CLASSES.length : found;
}

/** The first files, in the order of their batches, that together stay within the target. */
function upTo(target: number, files: readonly Candidate[]): readonly Candidate[] {
  let total = 0;
  const end = files.findIndex(({ file }) => (total += file.bytes) > target);
  return files.slice(0, Math.min(MAX_FILES, end < 0 ? files.length : Math.max(2, end)));
}

function byPath(a: Candidate, b: Candidate): number {
  return a.file.path < b.file.path ? -1 : 1;
}
