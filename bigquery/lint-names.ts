/** Names that BigQuery keeps for itself, as beginnings of column names in any case (documentation, "Column names"). */
const RESERVED_BEGINNINGS = [
  '_TABLE_',
  '_FILE_',
  '_PARTITION',
  '_ROW_TIMESTAMP',
  '__ROOT__',
  '_COLIDENTIFIER',
  '_CHANGE_SEQUENCE_NUMBER',
  '_CHANGE_TYPE',
  '_CHANGE_TIMESTAMP',
];

/** Longest name of a column (BigQuery documentation, 2026). */
const LONGEST_COLUMN = 300;

/** Datasets of the lake's tiers: names are the same in DuckDB, in the lake and in BigQuery. */
const DATASETS = new Set(['bronze', 'silver', 'gold', 'reference']);

/** Rules for a column's name that an SQL analyzer does not know. One sentence a violation. */
export function lintColumnName(name: string): string[] {
  const problems = [];
  if (!/^[A-Za-z_]\w*$/.test(name)) problems.push(`column ${name} has signs that a column name may not have`);
  if (name.length > LONGEST_COLUMN)
    problems.push(`column ${name.slice(0, 20)}… is longer than ${LONGEST_COLUMN} characters`);
  const beginning = RESERVED_BEGINNINGS.find((reserved) => name.toUpperCase().startsWith(reserved));
  if (beginning !== undefined)
    problems.push(`column ${name} begins with ${beginning}, which BigQuery keeps for itself`);
  return problems;
}

/** A table or view is `dataset.name`: one of our datasets, no project (the caller's), lower case. One sentence a violation. */
export function lintTableName(qualified: string): string[] {
  const [dataset = '', name = '', ...rest] = qualified.split('.');
  if (rest.length > 0) return [`${qualified} names a project: statements run in whichever project they are sent to`];
  const problems = [];
  if (!DATASETS.has(dataset)) problems.push(`${qualified} is in no dataset of ours (bronze, silver, gold, reference)`);
  if (!/^[a-z][a-z0-9_]{0,127}$/.test(name))
    problems.push(`${qualified} is no name of ours (lower case, digits and _)`);
  return problems;
}
