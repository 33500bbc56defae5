import { existsSync, readFileSync } from 'node:fs';

const SCORES = new URL('../../../../shared/reference/scores/', import.meta.url);

/** The reference tables are for study and for tests where they lie beside the project; it ships none of them. */
export const HAS_SCORE_TABLES = existsSync(SCORES);

/** The rows of a reference table as objects by its header; empty where the tables are absent. */
export function scoreTable(name: string): Record<string, string>[] {
  const url = new URL(name, SCORES);
  if (!existsSync(url)) return [];
  const [header = [], ...rows] = readFileSync(url, 'utf8').trim().split('\n').map(cells);
  return rows.map((row) => Object.fromEntries(header.map((column, i) => [column, row[i] ?? ''])));
}

function cells(line: string): string[] {
  return [...line.trim().matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((match) =>
    (match[1] ?? '').replaceAll('"', ''),
  );
}
