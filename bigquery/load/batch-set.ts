/** Batches from the first to the last, both included. */
export interface BatchRange {
  readonly first: number;
  readonly last: number;
}

/** Ranges of a set, in order, without overlap and merged where they touch. */
export function normalizeRanges(ranges: readonly BatchRange[]): readonly BatchRange[] {
  const merged: BatchRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.first - b.first || a.last - b.last)) {
    const before = merged.at(-1);
    if (before === undefined || range.first > before.last + 1) merged.push(range);
    else merged[merged.length - 1] = { first: before.first, last: Math.max(before.last, range.last) };
  }
  return merged;
}

/** What is left of one range without those of a set. */
export function without(range: BatchRange, removed: readonly BatchRange[]): readonly BatchRange[] {
  const left: BatchRange[] = [];
  let first = range.first;
  for (const hole of normalizeRanges(removed)) {
    if (hole.last < first || hole.first > range.last) continue;
    if (hole.first > first) left.push({ first, last: hole.first - 1 });
    first = hole.last + 1;
  }
  if (first <= range.last) left.push({ first, last: range.last });
  return left;
}

export function overlaps(a: BatchRange, b: BatchRange): boolean {
  return a.first <= b.last && b.first <= a.last;
}
