import { qualifiedName, type Table } from '../schema/column.js';
import { TABLES } from '../schema/index.js';
import { VIEWS } from './views.generated.js';

/** Something that SQL can name. */
export interface CatalogEntry {
  readonly name: string;
  readonly kind: 'table' | 'materialized view' | 'view';
  readonly description: string;
  /** What one row is. */
  readonly grain: string;
}

/** Every table and view of the lake, by the names that BigQuery has: tables first, each in the order of reading. */
export function catalog(): readonly CatalogEntry[] {
  const tables = (TABLES as readonly Table[]).map((table) => ({
    name: qualifiedName(table),
    kind: 'table' as const,
    description: table.description,
    grain: table.key.join(', '),
  }));
  const views = VIEWS.map(({ name, kind, description, grain }) => ({
    name,
    kind: kind === 'materialized' ? ('materialized view' as const) : ('view' as const),
    description,
    grain,
  }));
  return [...tables, ...views.sort((a, b) => (a.name < b.name ? -1 : 1))];
}
