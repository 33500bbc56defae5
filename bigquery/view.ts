/** A view as bigquery/views/ holds it: one statement a file, in BigQuery's dialect. */
export interface ViewDefinition {
  /** Qualified name, the same in BigQuery and in DuckDB: `gold.patient_risk_scores`. */
  readonly name: string;
  readonly kind: 'materialized' | 'logical';
  /** What it answers: the opening comment, without the grain. */
  readonly description: string;
  /** What one row is. */
  readonly grain: string;
  /** Of a materialized view; null where the statement has none. */
  readonly partitionBy: string | null;
  readonly clusterBy: readonly string[];
  /** Option names and values as they are written. */
  readonly options: Readonly<Record<string, string>>;
  /** The query, without comments and without the final semicolon. */
  readonly select: string;
}

const HEAD =
  /^CREATE (?:(MATERIALIZED) VIEW IF NOT EXISTS|OR REPLACE VIEW) ([a-z_]+\.[a-z0-9_]+)\s+((?:PARTITION BY|CLUSTER BY|OPTIONS)[\s\S]*?\s)?AS\s+/;

/**
 * Reads one view file.
 *
 * @param text an opening comment (purpose, then a line `Grain: …`), then one CREATE statement
 * @throws Error when the file has another shape: it is our own source, so this is a defect, not bad data
 */
export function parseView(text: string): ViewDefinition {
  const lines = text.split('\n');
  const opening = lines.findIndex((line) => !line.startsWith('--'));
  const comments = lines.slice(0, opening).map((line) => line.slice(2).trim());
  const grain = comments.findIndex((line) => line.startsWith('Grain: '));
  const statement = lines
    .slice(opening)
    .filter((line) => !line.trimStart().startsWith('--'))
    .join('\n')
    .trim();
  const head = HEAD.exec(statement);
  if (grain < 1 || head === null || !statement.endsWith(';')) {
    throw new Error(
      `A view is an opening comment with its grain, then one CREATE statement; got: ${text.slice(0, 200)}`,
    );
  }
  const clauses = head[3] ?? '';
  return {
    name: head[2] ?? '',
    kind: head[1] === undefined ? 'logical' : 'materialized',
    description: comments.slice(0, grain).join(' '),
    grain: comments.slice(grain).join(' ').slice('Grain: '.length),
    partitionBy: /PARTITION BY (\w+)/.exec(clauses)?.[1] ?? null,
    clusterBy:
      /CLUSTER BY ([\w, ]+)/
        .exec(clauses)?.[1]
        ?.split(',')
        .map((name) => name.trim()) ?? [],
    options: parseOptions(/OPTIONS \(([^)]*)\)/.exec(clauses)?.[1] ?? ''),
    select: statement.slice(head[0].length, -1).trimEnd(),
  };
}

function parseOptions(list: string): Record<string, string> {
  const pairs = list.split(',').map((pair) => pair.split('=').map((part) => part.trim()));
  return Object.fromEntries(
    pairs.filter((pair) => pair.length === 2).map(([name, value]) => [name ?? '', value ?? '']),
  );
}
