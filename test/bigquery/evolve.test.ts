import { describe, expect, test } from '@jest/globals';
import { planEvolution } from '../../bigquery/evolve.js';
import type { ExistingTable } from '../../bigquery/existing-table.js';
import type { Column, Table } from '../../schema/column.js';
import { TABLES } from '../../schema/index.js';
import { bigQueryFields } from '../../schema/render/bigquery.js';

const WANTED: Table = {
  tier: 'gold',
  name: 'sample',
  description: 'A sample.',
  key: ['id'],
  partitionBy: 'event_date',
  partitionSource: 'measured_at',
  clusterBy: ['id', 'ward'],
  columns: [
    { name: 'id', type: 'string', required: true, description: 'Identity.' },
    { name: 'ward', type: 'string', required: false, description: 'Ward.' },
    { name: 'n', type: 'int32', required: true, description: 'Number.' },
    { name: 'value', type: 'float64', required: false, unit: 'Cel', description: 'Warmth, "as is".' },
    { name: 'ok', type: 'boolean', required: false, description: 'Whether.' },
    { name: 'measured_at', type: 'timestamp', required: true, description: 'When.' },
    { name: 'event_date', type: 'date', required: true, description: 'Date.' },
  ],
};

/** As `tables.get` answers: older names of types, mode left out where it is NULLABLE. */
const EXISTING = {
  type: 'TABLE',
  schema: {
    fields: [
      { name: 'id', type: 'STRING', mode: 'REQUIRED' },
      { name: 'ward', type: 'STRING' },
      { name: 'n', type: 'INTEGER', mode: 'REQUIRED' },
      { name: 'value', type: 'FLOAT', mode: 'NULLABLE' },
      { name: 'ok', type: 'BOOLEAN' },
      { name: 'measured_at', type: 'TIMESTAMP', mode: 'REQUIRED' },
      { name: 'event_date', type: 'DATE', mode: 'REQUIRED' },
    ],
  },
  timePartitioning: { type: 'DAY', field: 'event_date' },
  clustering: { fields: ['id', 'ward'] },
} satisfies ExistingTable & object;

const FIELDS = EXISTING.schema.fields;
const having = (fields: readonly { readonly name: string; readonly type: string; readonly mode?: string }[]) => ({
  ...EXISTING,
  schema: { fields },
});
const without = (name: string) => having(FIELDS.filter((field) => field.name !== name));
const changed = (name: string, change: object) =>
  having(FIELDS.map((field) => (field.name === name ? { ...field, ...change } : field)));
const wanting = (column: Column): Table => ({ ...WANTED, columns: [...WANTED.columns, column] });

describe('what is done to a table that is there', () => {
  test('nothing when it is as the schema says, in whatever order its columns are', () => {
    expect(planEvolution(EXISTING, WANTED)).toEqual({ statements: [], refusals: [] });
    expect(planEvolution(having([...FIELDS].reverse()), WANTED)).toEqual({ statements: [], refusals: [] });
  });

  test.each(TABLES.map((table) => [`${table.tier}.${table.name}`, table as Table] as const))(
    'nothing to %s as it was created',
    (_, table) => {
      const made = {
        schema: { fields: bigQueryFields(table) },
        ...(table.partitionBy === null ? {} : { timePartitioning: { type: 'DAY', field: table.partitionBy } }),
        ...(table.clusterBy.length === 0 ? {} : { clustering: { fields: table.clusterBy } }),
      };
      expect(planEvolution(made, table)).toEqual({ statements: [], refusals: [] });
    },
  );

  test('nullable columns are added by one statement, which may be repeated', () => {
    const older = having(FIELDS.filter((field) => field.name !== 'value' && field.name !== 'ok'));
    expect(planEvolution(older, WANTED)).toEqual({
      refusals: [],
      statements: [
        [
          'ALTER TABLE gold.sample',
          '  ADD COLUMN IF NOT EXISTS value FLOAT64 OPTIONS (description = "Warmth, \\"as is\\". [Cel]"),',
          '  ADD COLUMN IF NOT EXISTS ok BOOL OPTIONS (description = "Whether.");',
        ].join('\n'),
      ],
    });
  });

  test('a column that may be null now is relaxed', () => {
    expect(planEvolution(changed('ward', { mode: 'REQUIRED' }), WANTED)).toEqual({
      refusals: [],
      statements: ['ALTER TABLE gold.sample ALTER COLUMN ward DROP NOT NULL;'],
    });
  });

  test('a name in other letters is the same column', () => {
    expect(planEvolution(changed('ward', { name: 'Ward' }), WANTED)).toEqual({ statements: [], refusals: [] });
  });
});

describe('what would break those who read a table is refused in one line with the remedy', () => {
  test.each<[string, ExistingTable, Table, RegExp]>([
    [
      'a column that was dropped',
      having([...FIELDS, { name: 'old', type: 'STRING' }]),
      WANTED,
      /^gold\.sample: column old is in BigQuery and not in schema\/: .*put it back/,
    ],
    [
      'a column that was renamed',
      having(FIELDS.map((field) => (field.name === 'ok' ? { ...field, name: 'fine' } : field))),
      WANTED,
      /column fine is in BigQuery and not in schema\/: dropping or renaming/,
    ],
    ['another type', changed('n', { type: 'STRING' }), WANTED, /column n is STRING .* INT64 .*another name/],
    ['a list', changed('ward', { mode: 'REPEATED' }), WANTED, /column ward is ARRAY<STRING>/],
    ['a new required column', without('n'), WANTED, /column n is new and required.*make it nullable/],
    ['a column that must not be null', changed('n', { mode: 'NULLABLE' }), WANTED, /n may be null.*make it nullable/],
    [
      'a new column that may identify a person, without its policy tag',
      EXISTING,
      wanting({ name: 'name', type: 'string', required: false, identifying: true, description: 'Name.' }),
      /column name is new and may identify a person; .*terraform apply/,
    ],
    [
      'another partition column',
      { ...EXISTING, timePartitioning: { type: 'DAY', field: 'measured_at' } },
      WANTED,
      /partitioned on measured_at by DAY in BigQuery and on event_date by DAY here/,
    ],
    [
      'another granularity',
      { ...EXISTING, timePartitioning: { type: 'MONTH', field: 'event_date' } },
      WANTED,
      /event_date by MONTH/,
    ],
    ['the time of loading', { ...EXISTING, timePartitioning: { type: 'DAY' } }, WANTED, /the time of loading by DAY/],
    ['a range of integers', { ...EXISTING, rangePartitioning: {} }, WANTED, /a range of integers/],
    ['no partition', { schema: EXISTING.schema, clustering: EXISTING.clustering }, WANTED, /on nothing in BigQuery/],
    ['another clustering', { ...EXISTING, clustering: { fields: ['ward', 'id'] } }, WANTED, /clustered by ward, id/],
    ['a view of that name', { ...EXISTING, type: 'VIEW' }, WANTED, /is a VIEW in BigQuery, not a table/],
  ])('%s', (_, existing, wanted, line) => {
    const { statements, refusals } = planEvolution(existing, wanted);
    expect(statements).toEqual([]);
    expect(refusals.length).toBeGreaterThan(0);
    expect(refusals.some((refusal) => line.test(refusal))).toBe(true);
    for (const refusal of refusals) expect(refusal).toMatch(/^gold\.sample: [^\n]+$/);
  });
});
