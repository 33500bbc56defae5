/** Rows as one text: what crosses a shuffle, and what a bounded job leaves for its engine. */
export type PackedRows = string;

/** Builds a row out of its values; one per list of columns, so that all rows of a kind share one shape. */
type Assemble = (values: readonly unknown[], at: number) => object;

const assemblers = new Map<string, Assemble>();

/**
 * Packs rows of one shape into JSON: the names once, then the values of all rows in turn.
 *
 * A third of the size of JSON objects and as quick; the default coder's BSON costs six times as much a row. Exact for what
 * rows hold (text, finite numbers, booleans, null, plain objects of these), independent of the versions of Node at both
 * ends; -0 becomes 0, which no column tells apart.
 *
 * @param rows all with the keys of the first one, in its order
 */
export function packRows(rows: readonly object[]): PackedRows {
  const names = Object.keys(rows[0] ?? {});
  const values: unknown[] = [];
  for (const row of rows) {
    for (const name of names) values.push((row as Readonly<Record<string, unknown>>)[name]);
  }
  return JSON.stringify({ names, values });
}

/** The inverse of {@link packRows}. */
export function unpackRows<T>(packed: PackedRows): T[] {
  const { names, values } = JSON.parse(packed) as { names: string[]; values: unknown[] };
  const assemble = assemblerOf(names);
  const rows: T[] = [];
  for (let at = 0; at < values.length; at += names.length) rows.push(assemble(values, at) as T);
  return rows;
}

function assemblerOf(names: readonly string[]): Assemble {
  const key = JSON.stringify(names);
  const known = assemblers.get(key);
  if (known) return known;
  const literal = names.map((name, place) => `${JSON.stringify(name)}: values[at + ${place}]`).join(', ');
  const made = new Function('values', 'at', `return { ${literal} };`) as Assemble;
  assemblers.set(key, made);
  return made;
}
