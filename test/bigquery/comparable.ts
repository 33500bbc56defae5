/** Rows as sorted texts with their columns in order of name: sets of rows that can be compared, in whatever order they came. */
export function comparable(rows: Iterable<object>): readonly string[] {
  return [...rows]
    .map((row) => JSON.stringify(Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))))
    .sort();
}

/** The first rows that only one of two has, so that a failure of thousands can be read; null when they are the same. */
export function difference(found: readonly string[], wanted: readonly string[]): object | null {
  const [a, b] = [new Set(found), new Set(wanted)];
  const more = found.filter((row) => !b.has(row));
  const missing = wanted.filter((row) => !a.has(row));
  if (more.length === 0 && missing.length === 0 && found.length === wanted.length) return null;
  const numbers = { found: found.length, wanted: wanted.length, more: more.length, missing: missing.length };
  return { ...numbers, first: { more: more[0], missing: missing[0] } };
}
