/** A view as DuckDB answers it: rendered from the BigQuery text of the same name. */
export interface DuckDbView {
  /** Qualified name: `gold.patient_risk_scores`. */
  readonly name: string;
  /** What it is in BigQuery; in DuckDB every view is computed when it is read. */
  readonly kind: 'materialized' | 'logical';
  readonly description: string;
  /** What one row is. */
  readonly grain: string;
  /** The query, in DuckDB's dialect. */
  readonly sql: string;
}
