import { createHash } from 'node:crypto';

/**
 * A step of one table's (and one day's) way into the warehouse: what comes after the rows that are there.
 *
 * Batches of a lake are numbered from 1 and every row names its own, so a range of batches is a fixed set of rows however
 * compaction has cut the files. `first` alone decides the job's name; how far the job goes is said by the job itself.
 */
export interface LoadStep {
  /** `gold.alerts`. */
  readonly table: string;
  /** When BigQuery created the table: one that was dropped and created anew begins from nothing. */
  readonly generation: string;
  /** Id of the lake's own table. */
  readonly lake: string;
  /** Day of the partition; null for a table that is kept whole. */
  readonly date: string | null;
  readonly first: number;
}

/** What a load job carries of itself, as labels: whoever finds it knows what it has loaded. */
export interface LoadFacts {
  readonly last: number;
  readonly rows: number;
  /** Sum of row hashes; independent of the order of rows and of the files they lie in. */
  readonly content: string;
}

/**
 * The name of a load job: BigQuery accepts it once per project and refuses it with 409 ever after (for as long as it
 * remembers jobs, 180 days: cloud.google.com/bigquery/docs/managing-jobs), which makes it the lock and the receipt of a step.
 * Up to 1,024 letters, digits, underscores and dashes.
 *
 * @param attempt from 1; the next one only after BigQuery has said that the one before failed, and so has loaded nothing
 */
export function loadJobId(step: LoadStep, attempt: number): string {
  const place = `${step.table.replace('.', '_')}_${step.date?.replaceAll('-', '') ?? 'whole'}`;
  const owner = createHash('sha256').update(`${step.table}@${step.generation}@${step.lake}`).digest('hex').slice(0, 16);
  return `vitals_load_${place}_${owner}_${String(step.first).padStart(9, '0')}_${attempt}`;
}

/** Labels: lower-case letters, digits, underscores and dashes, 63 at most. */
export function labelsOf(facts: LoadFacts): Record<string, string> {
  const { last, rows, content } = facts;
  return { application: 'vitals', last_batch: String(last), row_count: String(rows), content };
}

/** Null for a job that is none of ours. */
export function factsOf(labels: Readonly<Record<string, string>> | undefined): LoadFacts | null {
  if (labels?.['application'] !== 'vitals') return null;
  const { last_batch, row_count, content } = labels;
  if (last_batch === undefined || row_count === undefined || content === undefined) return null;
  return { last: Number(last_batch), rows: Number(row_count), content };
}
