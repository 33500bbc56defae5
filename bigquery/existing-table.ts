/** A column as BigQuery's API describes it. */
export interface ExistingField {
  readonly name: string;
  readonly type: string;
  /** NULLABLE where it is left out. */
  readonly mode?: string;
}

/** What matters here of a table resource of BigQuery's API (`tables.get`). */
export interface ExistingTable {
  /** TABLE, VIEW, MATERIALIZED_VIEW, EXTERNAL or SNAPSHOT. */
  readonly type?: string;
  readonly schema?: { readonly fields?: readonly ExistingField[] };
  readonly timePartitioning?: { readonly type?: string; readonly field?: string };
  readonly rangePartitioning?: object;
  readonly clustering?: { readonly fields?: readonly string[] };
}
