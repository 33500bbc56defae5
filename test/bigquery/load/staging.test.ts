import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { selectTables } from '../../../bigquery/load/select-tables.js';
import { FakeGcs } from '../../lake/storage/fake-gcs.js';
import { notFound } from '../../support/fake-bigquery/google-error.js';
import { GrowingLake } from './growing-lake.js';
import { lakeRows, warehouseRows } from './rows-of.js';
import { load, scratchFolder, warehouse } from './setting.js';

let gcs: FakeGcs;
const before = process.env['STORAGE_EMULATOR_HOST'];

beforeAll(async () => {
  gcs = await FakeGcs.start();
  process.env['STORAGE_EMULATOR_HOST'] = gcs.endpoint;
});
afterAll(async () => {
  await gcs.stop();
  if (before === undefined) delete process.env['STORAGE_EMULATOR_HOST'];
  else process.env['STORAGE_EMULATOR_HOST'] = before;
});

test('files go through a staging bucket by their addresses, and nothing stays there', async () => {
  const fake = await warehouse();
  const read: string[] = [];
  fake.readObject = (uri) => {
    read.push(uri);
    const object = gcs.objects().get(uri.slice('gs://lake-bucket/'.length));
    if (object === undefined) throw notFound(`URI ${uri}`);
    return object.bytes;
  };
  const lake = await GrowingLake.open(join(scratchFolder(), 'lake'));
  try {
    await lake.grow(4);
    const tables = selectTables(undefined);
    await load(fake, lake.root, { staging: 'gs://lake-bucket/stage', tables });
    expect(read.length).toBeGreaterThan(3);
    expect(
      read.every((uri) => /^gs:\/\/lake-bucket\/stage\/_load\/vitals_load_gold_\w+\/[0-9a-f]{16}\.parquet$/.test(uri)),
    ).toBe(true);
    for (const table of tables) expect(warehouseRows(fake, table)).toEqual(await lakeRows(lake.root, table));
    expect([...gcs.objects().keys()].filter((name) => name.includes('_load/'))).toEqual([]);
  } finally {
    await lake.close();
  }
});
