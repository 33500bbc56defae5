import { qualifiedName } from '../column.js';
import { TABLES } from '../index.js';
import { renderBigQueryTable } from './bigquery.js';
import { renderBigQuerySchema } from './bigquery-schema.js';
import { renderDataDictionary } from './dictionary.js';

/**
 * Every committed file that is rendered from the schema: its path below the project's root, and its text.
 * A test fails when a committed file differs (test/schema/render-fresh.test.ts).
 */
export function schemaRenderings(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  files.set('docs/data-dictionary.md', renderDataDictionary(TABLES));
  for (const table of TABLES) {
    files.set(`bigquery/tables/${qualifiedName(table)}.sql`, renderBigQueryTable(table));
    files.set(`bigquery/schemas/${qualifiedName(table)}.json`, renderBigQuerySchema(table));
  }
  return files;
}
