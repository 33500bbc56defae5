import { describe, expect, test } from '@jest/globals';
import type { Table } from '../../schema/column.js';
import { TABLES } from '../../schema/index.js';
import { bigQueryFields, renderBigQueryTable } from '../../schema/render/bigquery.js';
import { bigQuerySchema, renderBigQuerySchema, RESTRICTED_POLICY_TAG } from '../../schema/render/bigquery-schema.js';

const ALL = TABLES as readonly Table[];

const SAMPLE: Table = {
  tier: 'gold',
  name: 'sample',
  description: 'A "quoted" \\ description.',
  key: ['id', 'order_key'],
  partitionBy: 'event_date',
  partitionSource: 'at',
  clusterBy: ['id', 'offset'],
  columns: [
    { name: 'id', type: 'string', required: true, identifying: true, description: 'Identity.' },
    { name: 'offset', type: 'int32', required: false, description: 'Position.' },
    { name: 'value', type: 'float64', required: false, unit: 'Cel', description: 'Warmth.' },
    { name: 'at', type: 'timestamp', required: true, description: 'When.' },
    { name: 'payload', type: 'bytes', required: false, description: 'Bytes.' },
    { name: 'ok', type: 'boolean', required: true, description: 'Whether.' },
    { name: 'batch', type: 'int64', required: true, description: 'Batch.' },
    { name: 'event_date', type: 'date', required: true, description: 'Date.' },
  ],
};

describe('the DDL of a table', () => {
  test('has every column with its type, whether it may be null, and its description', () => {
    expect(renderBigQueryTable(SAMPLE)).toBe(
      [
        '-- Rendered from schema/ by `npm run render`: change the schema, not this file.',
        'CREATE TABLE IF NOT EXISTS gold.sample (',
        '  id STRING NOT NULL OPTIONS (description = "Identity. Restricted: may identify a person."),',
        '  `offset` INT64 OPTIONS (description = "Position."),',
        '  value FLOAT64 OPTIONS (description = "Warmth. [Cel]"),',
        '  at TIMESTAMP NOT NULL OPTIONS (description = "When."),',
        '  payload BYTES OPTIONS (description = "Bytes."),',
        '  ok BOOL NOT NULL OPTIONS (description = "Whether."),',
        '  batch INT64 NOT NULL OPTIONS (description = "Batch."),',
        '  event_date DATE NOT NULL OPTIONS (description = "Date.")',
        ')',
        'PARTITION BY event_date',
        'CLUSTER BY id, `offset`',
        'OPTIONS (',
        '  description = "A \\"quoted\\" \\\\ description. Key: id, order_key.",',
        '  labels = [("application", "vitals"), ("tier", "gold"), ("data", "identifying")]',
        ');',
        '',
      ].join('\n'),
    );
  });

  test('says how long partitions are kept, and that a query must name them', () => {
    const kept = renderBigQueryTable({
      ...SAMPLE,
      warehouse: { partitionExpirationDays: 90, requirePartitionFilter: true },
    });
    expect(kept).toContain('\n  partition_expiration_days = 90,\n  require_partition_filter = TRUE,\n');
  });

  test('bronze and dead letters expire and are read by the day; silver, gold and people are kept', () => {
    const kept = ALL.filter((table) => table.warehouse === undefined).map((table) => `${table.tier}.${table.name}`);
    expect(ALL.length - kept.length).toBe(2);
    expect(kept.filter((name) => /^bronze|dead_letter/.test(name))).toEqual([]);
    for (const table of ALL) expect([undefined, 90]).toContain(table.warehouse?.partitionExpirationDays);
  });

  test('leaves out what a table has not', () => {
    const plain = renderBigQueryTable({ ...SAMPLE, partitionBy: null, partitionSource: null, clusterBy: [] });
    expect(plain).not.toMatch(/PARTITION|CLUSTER/);
  });

  test.each(ALL.map((table) => [`${table.tier}.${table.name}`, table] as const))(
    '%s keeps the limits of BigQuery: one partition column of its own, at most four to cluster by',
    (_, table) => {
      const fields = new Map(bigQueryFields(table).map((field) => [field.name, field]));
      expect(table.clusterBy.length).toBeLessThanOrEqual(4);
      for (const name of [...table.clusterBy, ...table.key]) expect(fields.has(name)).toBe(true);
      if (table.partitionBy !== null)
        expect(fields.get(table.partitionBy)).toMatchObject({ type: 'DATE', mode: 'REQUIRED' });
    },
  );

  test('columns that may identify a person say so', () => {
    const bronze = ALL.find((table) => table.tier === 'bronze');
    const restricted = bigQueryFields(bronze as Table).filter((field) => field.description.includes('Restricted'));
    expect(restricted.map((field) => field.name)).toEqual(['attributes', 'payload']);
  });
});

describe('the schema of a table as JSON', () => {
  test('puts the policy tag of the environment on what may identify a person, and on nothing else', () => {
    const tagged = bigQuerySchema(SAMPLE, 'projects/p/locations/l/taxonomies/1/policyTags/2');
    expect(tagged.filter((field) => field.policyTags !== undefined)).toEqual([
      { ...bigQueryFields(SAMPLE)[0], policyTags: { names: ['projects/p/locations/l/taxonomies/1/policyTags/2'] } },
    ]);
    expect(bigQuerySchema(SAMPLE, null)).toEqual(bigQueryFields(SAMPLE));
  });

  test('is committed with a place for that tag, as templatefile fills it', () => {
    const identifying = ALL.flatMap((table) => table.columns.filter((column) => column.identifying === true));
    const texts = ALL.map(renderBigQuerySchema).join('');
    expect(texts.match(/"\$\{restricted_policy_tag\}"/g)).toHaveLength(identifying.length);
    expect(JSON.parse(renderBigQuerySchema(SAMPLE))).toEqual(bigQuerySchema(SAMPLE, RESTRICTED_POLICY_TAG));
  });
});
