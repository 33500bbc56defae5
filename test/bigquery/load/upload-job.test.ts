import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { uploadJob } from '../../../bigquery/load/upload-job.js';
import { GOLD_WARD_ALERTS_HOURLY } from '../../../schema/tables/gold-ward-alerts-hourly.js';
import { createTables } from './create-tables.js';
import { LOCATION, PROJECT, scratchFolder, warehouse } from './setting.js';

const PIECE = 256 << 10;

function resource(jobId: string): object {
  const destinationTable = { projectId: PROJECT, datasetId: 'gold', tableId: 'ward_alerts_hourly' };
  const load = { destinationTable, sourceFormat: 'NEWLINE_DELIMITED_JSON', writeDisposition: 'WRITE_APPEND' };
  return { jobReference: { projectId: PROJECT, jobId, location: LOCATION }, configuration: { load } };
}

async function rowsFile(rows: number): Promise<string> {
  const file = join(scratchFolder(), 'rows.ndjson');
  const line = (n: number) => ({
    ...{ ward: 'A', rule: 'r', severity: 'urgent', window_start: '2026-11-21T00:00:00Z', order_key: `${n}` },
    ...{ pane: 'early', n, batch: 1, event_date: '2026-11-21' },
  });
  await writeFile(file, Array.from({ length: rows }, (_, n) => JSON.stringify(line(n)) + '\n').join(''));
  return file;
}

test('a file goes up piece by piece, and is one job', async () => {
  const fake = await warehouse();
  createTables(fake, [GOLD_WARD_ALERTS_HOURLY]);
  const file = await rowsFile(5_000);
  const url = `${fake.url}/upload/bigquery/v2/projects/${PROJECT}/jobs`;
  await uploadJob(url, resource('once'), file, () => Promise.resolve({}), PIECE);
  expect(fake.requests.filter((request) => request.startsWith('PUT')).length).toBeGreaterThan(2);
  await expect(uploadJob(url, resource('once'), file, () => Promise.resolve({}), PIECE)).rejects.toMatchObject({
    status: 409,
  });
  expect(fake.jobs.size).toBe(1);
});

test('an upload that is broken off leaves no job', async () => {
  const fake = await warehouse();
  createTables(fake, [GOLD_WARD_ALERTS_HOURLY]);
  const file = await rowsFile(5_000);
  fake.faults.loseAnswer = (method) => method === 'PUT';
  const url = `${fake.url}/upload/bigquery/v2/projects/${PROJECT}/jobs`;
  await expect(uploadJob(url, resource('broken'), file, () => Promise.resolve({}), PIECE)).rejects.toMatchObject({
    reason: 'unanswered',
  });
  expect(fake.jobs.size).toBe(0);
});
