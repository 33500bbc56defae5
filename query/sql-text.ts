import { qualifiedName, type ColumnType, type Table } from '../schema/column.js';

/** DuckDB's types of the logical types: what every table view yields, whatever the files hold. */
export const DUCKDB_TYPES: Record<ColumnType, string> = {
  string: 'VARCHAR',
  int32: 'INTEGER',
  int64: 'BIGINT',
  float64: 'DOUBLE',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMPTZ',
  date: 'DATE',
  bytes: 'BLOB',
};

/** A column name in SQL; always quoted, because DuckDB reserves some of ours (`offset`). */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A string literal in SQL. For values that we made ourselves; what a person sends is bound as a parameter. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** An instant as a literal that DuckDB can compare with Parquet statistics. */
export function instant(epochMillis: number): string {
  return `TIMESTAMPTZ ${quoteText(new Date(epochMillis).toISOString())}`;
}

/** `silver."patient_vitals"`, safe in SQL. */
export function quotedTable(table: Table): string {
  const [tier = '', name = ''] = qualifiedName(table).split('.');
  return `${quoteName(tier)}.${quoteName(name)}`;
}

/** A file that a relation reads. */
export interface RelationFile {
  /** Absolute path. */
  readonly location: string;
  /** True for a file that may lack columns which the table was given later. */
  readonly partial?: boolean;
}

/**
 * A relation over exactly these files of a table, in parentheses: every column by the schema's name and type, the
 * partition column taken from the path. Without files it is empty and typed.
 *
 * The columns of the first file are taken to be those of all (`union_by_name` is off): asking thousands of files for
 * their columns would cost a footer read each before any query. Where files may lack a column they are asked all the
 * same, and it is null there.
 */
export function relationOver(table: Table, files: readonly RelationFile[]): string {
  if (files.length === 0) return emptyRelation(table);
  const columns = table.columns.map((column) => {
    const name = quoteName(column.name);
    return `CAST(${name} AS ${DUCKDB_TYPES[column.type]}) AS ${name}`;
  });
  const hive =
    table.partitionBy === null
      ? 'hive_partitioning = false'
      : `hive_partitioning = true, hive_types = {${quoteText(table.partitionBy)}: DATE}`;
  const paths = files.map((file) => quoteText(file.location)).join(', ');
  const partial = files.some((file) => file.partial === true);
  const read = `read_parquet([${paths}], ${hive}, union_by_name = ${partial})`;
  // The empty relation has every column; none of the files may have the new ones.
  const rows = partial ? `(FROM ${emptyRelation(table)} UNION ALL BY NAME FROM ${read})` : read;
  return `(SELECT ${columns.join(', ')} FROM ${rows})`;
}

function emptyRelation(table: Table): string {
  const columns = table.columns.map((column) => `NULL::${DUCKDB_TYPES[column.type]} AS ${quoteName(column.name)}`);
  return `(SELECT ${columns.join(', ')} WHERE false)`;
}
