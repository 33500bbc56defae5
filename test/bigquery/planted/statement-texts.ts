interface TableParts {
  readonly name?: string;
  readonly columns?: readonly string[];
  readonly partition?: string;
  readonly cluster?: string;
  readonly options?: readonly string[];
}

/** A table with these parts, else right. */
export function table(parts: TableParts): string {
  const columns = ['patient_id STRING NOT NULL', 'event_date DATE NOT NULL', ...(parts.columns ?? [])];
  const described = columns.map((column) =>
    column.includes('OPTIONS') ? column : `${column} OPTIONS (description = "What it is.")`,
  );
  return [
    `CREATE TABLE IF NOT EXISTS ${parts.name ?? 'gold.planted'} (${described.join(', ')})`,
    parts.partition ?? 'PARTITION BY event_date',
    parts.cluster ?? 'CLUSTER BY patient_id',
    `OPTIONS (${(parts.options ?? ['description = "What it holds."']).join(', ')});`,
  ].join('\n');
}

/** A logical view of a query. */
export function logical(select: string): string {
  return `-- What it answers.\n-- Grain: a row.\nCREATE OR REPLACE VIEW gold.planted_view AS\n${select};`;
}

interface ViewParts {
  readonly from?: string;
  readonly partition?: string;
  readonly cluster?: string;
  readonly options?: string;
}

/** A materialized view with these outputs and parts, else right. */
export function materialized(outputs: string, parts: ViewParts = {}): string {
  const { from = 'FROM gold.vitals_hourly GROUP BY event_date, patient_id', partition = 'event_date' } = parts;
  return [
    '-- What it answers.',
    '-- Grain: a row.',
    'CREATE MATERIALIZED VIEW IF NOT EXISTS gold.planted_view',
    `PARTITION BY ${partition}`,
    `CLUSTER BY ${parts.cluster ?? 'patient_id'}`,
    `OPTIONS (${parts.options ?? 'enable_refresh = true, refresh_interval_minutes = 5'}) AS`,
    `SELECT event_date, patient_id, ${outputs} ${from};`,
  ].join('\n');
}
