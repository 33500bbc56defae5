import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { selectTables } from '../../../bigquery/load/select-tables.js';
import { FakeWriteApi } from '../../support/fake-bigquery/fake-write-api.js';
import { finished, vitals, withFolder } from '../../support/vitals.js';
import { createTables } from '../load/create-tables.js';
import { startLoad } from '../load/load-process.js';
import { lakeRows, warehouseRows } from '../load/rows-of.js';
import { PROJECT, warehouse } from '../load/setting.js';

const GOLD = selectTables(undefined);

test('a run with --warehouse has its panes and alerts in the warehouse when it ends, and a load finds nothing to do', async () => {
  const fake = await warehouse();
  createTables(fake, GOLD);
  const api = await FakeWriteApi.start(fake.store);
  try {
    await withFolder(async (folder) => {
      const landing = join(folder, 'landing');
      const lake = join(folder, 'lake');
      await mkdir(landing);
      const simulated = await vitals([
        ...['simulate', '--patients', '20', '--interval', '60', '--seed', 'stream', '--sink', `file:${landing}`],
        ...['--from', '2026-11-21T23:00:00Z', '--to', '2026-11-22T00:30:00Z'],
      ]);
      expect(simulated.code).toBe(0);
      const env = {
        BIGQUERY_EMULATOR_HOST: fake.url,
        BIGQUERY_STORAGE_EMULATOR_HOST: api.host,
        METADATA_SERVER_DETECTION: 'none',
      };
      const run = ['run', '--once', '--source', `file:${landing}`, '--lake', lake, '--workers', '0'];
      const ran = await vitals([...run, '--batch-messages', '500', '--warehouse', `bigquery:${PROJECT}`], '', env);
      expect(ran).toMatchObject({ code: 0 });
      let rows = 0;
      for (const table of GOLD) {
        const expected = await lakeRows(lake, table);
        expect(warehouseRows(fake, table)).toEqual(expected);
        rows += expected.length;
      }
      expect(rows).toBeGreaterThan(500);
      const loaded = await finished(
        startLoad(['--lake', lake, '--warehouse', `bigquery:${PROJECT}`, '--json'], fake.url),
      );
      expect(JSON.parse(loaded.stdout)).toMatchObject({ rows: 0, jobs: 0 });
    });
  } finally {
    await api.stop();
  }
});

test('a run towards a warehouse that is not there says so before it begins', async () => {
  const fake = await warehouse();
  await withFolder(async (folder) => {
    await mkdir(join(folder, 'landing'));
    const args = ['run', '--once', '--source', `file:${join(folder, 'landing')}`, '--lake', join(folder, 'lake')];
    const env = { BIGQUERY_EMULATOR_HOST: fake.url, METADATA_SERVER_DETECTION: 'none' };
    const ran = await vitals([...args, '--warehouse', `bigquery:${PROJECT}`], '', env);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(
      /^vitals: --warehouse: there is no table gold\.alerts in ward-analytics\. Run terraform apply.*\n$/,
    );
    const wrong = await vitals([...args, '--engine', 'dataflow', '--warehouse', `bigquery:${PROJECT}`], '', env);
    expect(wrong.stderr).toMatch(/^vitals: --warehouse: goes with the engines direct and flink\. Leave it out/);
  });
});
