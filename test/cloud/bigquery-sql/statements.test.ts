import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { planEvolution } from '../../../bigquery/evolve.js';
import type { ExistingTable } from '../../../bigquery/existing-table.js';
import { loadViews } from '../../../bigquery/load-views.js';
import { renderExternalTables } from '../../../bigquery/load/external-tables.js';
import type { Table } from '../../../schema/column.js';
import { TABLES as SCHEMA } from '../../../schema/index.js';
import { bigQueryFields } from '../../../schema/render/bigquery.js';
import { Analyzer } from './analyzer.js';
import { describeWith, installAnalyzer, startAnalyzer, type AnalyzerServer } from './server.js';

const BIGQUERY = fileURLToPath(new URL('../../../bigquery/', import.meta.url));
const LOOKER = fileURLToPath(new URL('../../../docs/looker/', import.meta.url));
const VIEWS = await loadViews(`${BIGQUERY}views`);
const CONNECTION = 'hospital.europe-west4.lake';
const TABLES = readdirSync(`${BIGQUERY}tables`).map((name) => name.replace('.sql', ''));

describeWith(installAnalyzer(), 'every statement of bigquery/, by the SQL analyzer of Google', (folder) => {
  let server: AnalyzerServer;
  let analyzer: Analyzer;
  beforeAll(async () => {
    server = await startAnalyzer(folder);
    analyzer = await Analyzer.over(server, [CONNECTION]);
  });
  afterAll(() => server?.stop());

  const analyze = (path: string) => analyzer.analyze(readFileSync(BIGQUERY + path, 'utf8'));

  test.each(TABLES)('creates the table %s', async (name) => {
    expect(await analyze(`tables/${name}.sql`)).toEqual({ kind: 'create_table_stmt', name, problems: [] });
  });

  test.each(VIEWS.map(({ name, kind }) => [kind, name] as const))('creates the %s view %s', async (kind, name) => {
    const created = kind === 'materialized' ? 'create_materialized_view_stmt' : 'create_view_stmt';
    expect(await analyze(`views/${name}.sql`)).toEqual({ kind: created, name, problems: [] });
  });

  const pages = readdirSync(LOOKER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.sql'));
  test.each(pages.sort())('answers the query docs/looker/%s', async (name) => {
    const analysis = await analyzer.analyze(readFileSync(LOOKER + name, 'utf8'));
    expect(analysis).toEqual({ kind: 'query_stmt', name: null, problems: [] });
  });

  const evolving = SCHEMA.filter(
    ({ columns }: Table) =>
      columns.some((column) => !column.required) && columns.every((column) => column.identifying !== true),
  );
  test.each(evolving.map((table) => [`${table.tier}.${table.name}`, table as Table] as const))(
    'adds and relaxes columns of %s',
    async (_, table) => {
      const { statements } = planEvolution(olderThan(table), table);
      // One statement relaxes a column, and one adds the other nullable ones, where there are any.
      const nullable = bigQueryFields(table).filter((field) => field.mode === 'NULLABLE').length;
      expect(statements).toHaveLength(nullable > 1 ? 2 : 1);
      for (const sql of statements) {
        expect(await analyzer.analyze(sql)).toMatchObject({ kind: 'alter_table_stmt', problems: [] });
      }
    },
  );

  test('creates BigLake tables over the lake', async () => {
    const text = renderExternalTables(SCHEMA, 'gs://hospital-lake/vitals', CONNECTION);
    const statements = text.split(/(?<=;)\n/).filter((statement) => statement.trim() !== '');
    expect(statements).toHaveLength(SCHEMA.length);
    for (const sql of statements) {
      expect(await analyzer.analyze(sql)).toMatchObject({ kind: 'create_external_table_stmt', problems: [] });
    }
  });
});

/** The table as BigQuery would have it, were all its nullable columns new and one of them required until now. */
function olderThan(table: Table): ExistingTable {
  const fields = bigQueryFields(table);
  const [relaxed] = fields.filter((field) => field.mode === 'NULLABLE').slice(0, 1);
  const required = fields.filter((field) => field.mode === 'REQUIRED');
  return {
    schema: { fields: relaxed === undefined ? required : [...required, { ...relaxed, mode: 'REQUIRED' }] },
    ...(table.partitionBy === null ? {} : { timePartitioning: { type: 'DAY', field: table.partitionBy } }),
    ...(table.clusterBy.length === 0 ? {} : { clustering: { fields: table.clusterBy } }),
  };
}
