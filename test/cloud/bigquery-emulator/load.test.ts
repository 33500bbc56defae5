import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { BigQuery } from '@google-cloud/bigquery';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadLake } from '../../../bigquery/load/load-lake.js';
import { selectTables } from '../../../bigquery/load/select-tables.js';
import { sleep } from '../../../pipeline/sleep.js';
import { GrowingLake } from '../../bigquery/load/growing-lake.js';
import { lakeRows } from '../../bigquery/load/rows-of.js';
import { scratchFolder } from '../../bigquery/load/setting.js';

/** github.com/goccy/bigquery-emulator 0.8.1, built beforehand: it takes minutes and gigabytes, so no script installs it. */
const EMULATOR = process.env['BIGQUERY_EMULATOR'] ?? '';
const present = EMULATOR !== '' && existsSync(EMULATOR);
const suite = present ? describe : describe.skip;

/** The emulator loads a repeated job id twice and ignores offsets: only what it does right is looked at here. */
suite(`bigquery-emulator${present ? '' : ' (skipped: BIGQUERY_EMULATOR does not name its program)'}`, () => {
  let emulator: ChildProcess;
  let url: string;

  beforeAll(async () => {
    const port = await freePort();
    const arguments_ = ['--project=ward-analytics', `--port=${port}`, `--grpc-port=${await freePort()}`];
    emulator = spawn(EMULATOR, arguments_, { stdio: 'ignore' });
    url = `http://127.0.0.1:${port}`;
    const deadline = Date.now() + 30_000;
    while (!(await fetch(url).then(Boolean, () => false))) {
      if (Date.now() > deadline) throw new Error('the emulator does not answer');
      await sleep(100);
    }
    for (const name of ['gold', 'silver']) await client().createDataset(name, { location: 'europe-west4' });
  });
  afterAll(() => {
    emulator.kill();
  });

  const client = () => new BigQuery({ projectId: 'ward-analytics', apiEndpoint: url });

  test('Parquet files of a load arrive with all their rows', async () => {
    const lake = await GrowingLake.open(join(scratchFolder(), 'lake'));
    try {
      await lake.grow(4);
      const tables = selectTables('gold.alerts,gold.vitals_hourly,silver.patient_vitals');
      await loadLake({
        place: { project: 'ward-analytics', location: null },
        lake: lake.root,
        tables,
        range: { from: null, to: null },
        staging: null,
        create: true,
        dryRun: false,
        clock: Date.now,
        client: { endpoint: { url, standIn: true }, random: Math.random, wait: sleep },
        signal: new AbortController().signal,
        onStep: () => undefined,
      });
      for (const table of tables) {
        const [rows] = await client().query(`SELECT COUNT(*) AS n FROM ${table.tier}.${table.name}`);
        expect(Number((rows[0] as { n: number }).n)).toBe((await lakeRows(lake.root, table)).length);
      }
    } finally {
      await lake.close();
    }
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
