import { selectTables } from '../../../bigquery/load/select-tables.js';
import type { Table } from '../../../schema/column.js';
import { bigQueryFields } from '../../../schema/render/bigquery.js';
import type { FakeBigQuery } from '../../support/fake-bigquery/fake-bigquery.js';
import type { Field } from '../../support/fake-bigquery/warehouse-store.js';

/** Makes tables as Terraform does, those that may identify people included. */
export function createTables(
  fake: FakeBigQuery,
  tables: readonly Table[] = selectTables('bronze,silver,gold,reference'),
): void {
  for (const table of tables) {
    const partition = table.partitionBy === null ? {} : { timePartitioning: { type: 'DAY', field: table.partitionBy } };
    const cluster = table.clusterBy.length === 0 ? {} : { clustering: { fields: table.clusterBy } };
    const schema = { fields: bigQueryFields(table) as Field[] };
    fake.store.create(table.tier, table.name, { schema, ...partition, ...cluster });
  }
}
