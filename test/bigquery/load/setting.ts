import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import { loadLake, type LoadOptions } from '../../../bigquery/load/load-lake.js';
import type { LoadReport } from '../../../bigquery/load/load-report.js';
import { selectTables } from '../../../bigquery/load/select-tables.js';
import { sleep } from '../../../pipeline/sleep.js';
import { FakeBigQuery } from '../../support/fake-bigquery/fake-bigquery.js';

export const PROJECT = 'ward-analytics';
export const LOCATION = 'europe-west4';

const started: FakeBigQuery[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const fake of started.splice(0)) await fake.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A warehouse with its four datasets, gone after the test. */
export async function warehouse(): Promise<FakeBigQuery> {
  const fake = await FakeBigQuery.start(PROJECT, {
    bronze: LOCATION,
    silver: LOCATION,
    gold: LOCATION,
    reference: LOCATION,
  });
  started.push(fake);
  return fake;
}

export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vitals-load-test-'));
  folders.push(folder);
  return folder;
}

/** Loads a lake, waits short and jitter the greatest. */
export function load(fake: FakeBigQuery, lake: string, more: Partial<LoadOptions> = {}): Promise<LoadReport> {
  return loadLake({
    place: { project: PROJECT, location: null },
    lake,
    tables: selectTables(undefined),
    range: { from: null, to: null },
    staging: null,
    create: true,
    dryRun: false,
    clock: () => 1_795_219_200_000,
    client: {
      endpoint: { url: fake.url, standIn: true },
      retries: { attempts: 4, firstDelayMillis: 1, maxDelayMillis: 2 },
      random: () => 1,
      wait: () => sleep(1),
    },
    signal: new AbortController().signal,
    onStep: () => undefined,
    ...more,
  });
}
