import { GoogleError, notFound } from './google-error.js';

export interface Field {
  readonly name: string;
  readonly type: string;
  readonly mode?: string;
  readonly description?: string;
}

/** A value as it is kept: times as ISO text with micros cut to ms, bytes as base64, integers as numbers. */
export type Cell = string | number | boolean | null;
export type StoredRow = Readonly<Record<string, Cell>>;

export interface StoredTable {
  readonly dataset: string;
  readonly name: string;
  readonly creationTime: string;
  resource: Record<string, unknown>;
  fields: Field[];
  rows: StoredRow[];
  /** Load jobs of today, failed ones included. */
  modifications: number;
}

/** Load jobs a table and day (cloud.google.com/bigquery/quotas#load_jobs). */
export const MODIFICATIONS_A_DAY = 1_500;

/** What a project holds: datasets with a location, tables with their rows. */
export class WarehouseStore {
  readonly datasets = new Map<string, string>();
  readonly tables = new Map<string, StoredTable>();
  #created = 1_795_000_000_000;

  constructor(readonly project: string) {}

  datasetLocation(name: string): string {
    const location = this.datasets.get(name);
    if (location === undefined) throw notFound(`Dataset ${this.project}:${name}`);
    return location;
  }

  table(dataset: string, name: string): StoredTable {
    this.datasetLocation(dataset);
    const table = this.tables.get(`${dataset}.${name}`);
    if (table === undefined) throw notFound(`Table ${this.project}:${dataset}.${name}`);
    return table;
  }

  create(dataset: string, name: string, resource: Record<string, unknown>): StoredTable {
    this.datasetLocation(dataset);
    const key = `${dataset}.${name}`;
    if (this.tables.has(key)) {
      throw new GoogleError(409, 'duplicate', `Already Exists: Table ${this.project}:${dataset}.${name}`);
    }
    const { fields = [] } = (resource['schema'] ?? {}) as { fields?: Field[] };
    const creationTime = String((this.#created += 1_000));
    const table = { dataset, name, creationTime, resource, fields: [...fields], rows: [], modifications: 0 };
    this.tables.set(key, table);
    return table;
  }

  resourceOf(table: StoredTable): object {
    return {
      kind: 'bigquery#table',
      type: 'TABLE',
      ...table.resource,
      id: `${this.project}:${table.dataset}.${table.name}`,
      tableReference: { projectId: this.project, datasetId: table.dataset, tableId: table.name },
      schema: { fields: table.fields },
      creationTime: table.creationTime,
      numRows: String(table.rows.length),
      location: this.datasets.get(table.dataset),
    };
  }
}

const SYNONYMS: Readonly<Record<string, string>> = { INTEGER: 'INT64', FLOAT: 'FLOAT64', BOOLEAN: 'BOOL' };

/** One name for each type. */
export function typeOf(field: { readonly type: string }): string {
  return SYNONYMS[field.type] ?? field.type;
}

export function modeOf(field: { readonly mode?: string }): string {
  return field.mode ?? 'NULLABLE';
}
