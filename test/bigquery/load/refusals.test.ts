import { join } from 'node:path';
import type { BigQueryOptions } from '@google-cloud/bigquery';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { renderExternalTables } from '../../../bigquery/load/external-tables.js';
import { parseDateRange } from '../../../bigquery/load/date-range.js';
import type { LoadOptions } from '../../../bigquery/load/load-lake.js';
import { selectTables } from '../../../bigquery/load/select-tables.js';
import { openStaging } from '../../../bigquery/load/staging.js';
import { parseWarehouse } from '../../../bigquery/load/warehouse-url.js';
import type { FakeBigQuery } from '../../support/fake-bigquery/fake-bigquery.js';
import { GoogleError } from '../../support/fake-bigquery/google-error.js';
import { createTables } from './create-tables.js';
import { GrowingLake } from './growing-lake.js';
import { lakeRows, warehouseRows } from './rows-of.js';
import { load, PROJECT, warehouse } from './setting.js';

const GOLD = selectTables(undefined);
const NOW = 1_795_219_200_000;
let lake: GrowingLake;
let folder: string;

beforeAll(async () => {
  const { mkdtempSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  folder = mkdtempSync(join(tmpdir(), 'vitals-refusals-'));
  lake = await GrowingLake.open(join(folder, 'lake'));
  await lake.grow(3);
});
afterAll(async () => {
  await lake.close();
  const { rmSync } = await import('node:fs');
  rmSync(folder, { recursive: true, force: true });
});

/** The one line that a load ends with. */
async function lineOf(fake: FakeBigQuery, more: Partial<LoadOptions> = {}): Promise<string> {
  const error = await load(fake, lake.root, { create: false, ...more }).then(
    () => new Error('nothing was refused'),
    (cause: Error) => cause,
  );
  expect(error.message).not.toContain('\n');
  return error.message;
}

/** The fake, asked with a token of its own. */
function withToken(fake: FakeBigQuery, headers: () => Promise<Headers>): Partial<LoadOptions> {
  const authClient = { getRequestHeaders: headers } as unknown as NonNullable<BigQueryOptions['authClient']>;
  return {
    client: {
      endpoint: { url: fake.url, standIn: false },
      authClient,
      retries: { attempts: 2, firstDelayMillis: 0, maxDelayMillis: 0 },
      random: () => 0,
      wait: () => Promise.resolve(),
    },
  };
}

describe('names', () => {
  test.each([
    [
      'bigquery:',
      undefined,
      '--warehouse: the project is missing. Give bigquery:PROJECT; gcloud config get project prints yours.',
    ],
    ['gs://bucket', undefined, '--warehouse: gs://bucket is no warehouse. Give bigquery:PROJECT.'],
    ['bigquery:My_Project', undefined, /My_Project cannot be a project id\. Give the project id: 6 to 30 lower-case/],
    ['bigquery:ward-analytics', '', '--location: the region is missing. Give one such as europe-west4.'],
    ['bigquery:ward-analytics', 'west europe', /west europe is no region of BigQuery/],
  ])('%s in %s is refused', (url, location, line) => {
    expect(() => parseWarehouse(url, location)).toThrow(line);
  });

  test('a project with a domain and any region are taken', () => {
    expect(parseWarehouse('bigquery:example.com:ward-analytics', 'europe-west4')).toEqual({
      project: 'example.com:ward-analytics',
      location: 'europe-west4',
    });
    expect(parseWarehouse('bigquery:ward-analytics', 'EU').location).toBe('EU');
  });

  test('tables, days and buckets that cannot be are refused with what can', () => {
    expect(() => selectTables('gold,platinum')).toThrow(
      /^--tables: there is no platinum\. Give some of bronze, silver, gold/,
    );
    expect(() => selectTables(' ,')).toThrow('--tables: names no table. Leave it out for gold.');
    expect(() => parseDateRange('2026-02-30', undefined)).toThrow('--from: 2026-02-30 is no date');
    expect(() => parseDateRange('2026-11-22', '2026-11-21')).toThrow('--to: 2026-11-21 is before 2026-11-22');
    expect(() => openStaging('/lake', 'gs://')).toThrow(/^--staging: gs:\/\/ is no bucket/);
    expect(() => openStaging('/lake', '/tmp')).toThrow(
      '--staging: /tmp is no bucket. Give gs://BUCKET or gs://BUCKET/PREFIX.',
    );
  });

  test('what may identify anybody is loaded only when it is named', () => {
    const identifying = (names?: string) =>
      selectTables(names).filter((table) => table.columns.some((column) => 'identifying' in column));
    expect(identifying()).toEqual([]);
    expect(selectTables(undefined).map((table) => table.tier)).toContain('gold');
    expect(identifying('bronze').length).toBe(1);
  });

  test('BigLake tables need a bucket and a connection', () => {
    const silver = selectTables('silver.patient_vitals');
    expect(() => renderExternalTables(silver, '/lake', 'p.eu.c')).toThrow(/^--lake: \/lake is no bucket/);
    expect(() => renderExternalTables(silver, 'gs://ward-lake/lake', 'c; DROP')).toThrow(/^--connection: /);
    expect(renderExternalTables(silver, 'gs://ward-lake/lake', 'ward-analytics.europe-west4.lake')).toContain(
      [
        'CREATE EXTERNAL TABLE IF NOT EXISTS silver.patient_vitals_lake',
        'WITH CONNECTION `ward-analytics.europe-west4.lake`',
        'OPTIONS (format = "DELTA_LAKE", uris = ["gs://ward-lake/lake/silver/patient_vitals"]);',
      ].join('\n'),
    );
  });
});

describe('a warehouse that is not as it should be', () => {
  test('without its dataset', async () => {
    const fake = await warehouse();
    fake.store.datasets.delete('gold');
    expect(await lineOf(fake)).toBe(
      '--warehouse: there is no dataset gold in project ward-analytics. Run terraform apply (terraform/modules/warehouse), or bq mk --location=REGION ward-analytics:gold.',
    );
  });

  test('in another region', async () => {
    const fake = await warehouse();
    expect(await lineOf(fake, { place: { project: PROJECT, location: 'us-central1' } })).toBe(
      '--location: dataset ward-analytics:gold lies in europe-west4, not in us-central1. Give --location europe-west4, or leave it out.',
    );
  });

  test('without a table', async () => {
    expect(await lineOf(await warehouse())).toMatch(
      /there is no table gold\.\w+ in ward-analytics\. Run terraform apply, or add --create/,
    );
  });

  test('without a table that holds what may identify people: never created here', async () => {
    const line = await lineOf(await warehouse(), { tables: selectTables('bronze'), create: true });
    expect(line).toMatch(
      /^--create: there is no table bronze\.patient_vitals .* terraform apply, which puts policy tags on it\.$/,
    );
  });

  test('with a table that lacks a nullable column: refused, or the column is added and rows go in', async () => {
    const fake = await warehouse();
    createTables(fake, GOLD);
    const alerts = fake.store.table('gold', 'alerts');
    alerts.fields = alerts.fields.filter((field) => field.name !== 'bed');
    expect(await lineOf(fake)).toBe(
      '--warehouse: ward-analytics:gold.alerts lacks columns that the schema has. Run terraform apply, or add --create to add them.',
    );
    await load(fake, lake.root, { create: true });
    const table = selectTables('gold.alerts')[0]!;
    expect(warehouseRows(fake, table)).toEqual(await lakeRows(lake.root, table));
  });

  test.each([
    ['another type', (field: { name: string }) => ({ ...field, type: field.name === 'value' ? 'STRING' : undefined })],
    ['a column more', null],
  ])('with a table that has %s: nothing is loaded', async (_, change) => {
    const fake = await warehouse();
    createTables(fake, GOLD);
    const alerts = fake.store.table('gold', 'alerts');
    alerts.fields = change
      ? alerts.fields.map((field) => ({ ...field, type: change(field).type ?? field.type }))
      : [...alerts.fields, { name: 'note', type: 'STRING' }];
    const line = await lineOf(fake, { create: true });
    expect(line).toMatch(
      /^--warehouse: ward-analytics:gold\.alerts: column (value|note) .* Nothing was loaded into that table\.$/,
    );
    expect(alerts.rows).toEqual([]);
  });
});

describe('permissions and credentials', () => {
  test.each([
    ['bigquery.jobs.create', 'Grant roles/bigquery.jobUser on the project to the loader.'],
    [
      'bigquery.tables.updateData',
      'Grant roles/bigquery.dataEditor on the dataset and roles/bigquery.jobUser on the project',
    ],
    ['bigquery.tables.get', 'Grant roles/bigquery.dataEditor on the dataset'],
    ['bigquery.datasets.get', 'Grant roles/bigquery.dataEditor on the dataset'],
  ])('without %s the grant is named', async (permission, grant) => {
    const fake = await warehouse();
    createTables(fake, GOLD);
    fake.denied.add(permission);
    const line = await lineOf(fake);
    expect(line).toContain(`Permission ${permission} denied`);
    expect(line).toContain(grant);
  });

  test('a project that is not ours', async () => {
    const line = await lineOf(await warehouse(), { place: { project: 'somebody-elses', location: null } });
    expect(line).toMatch(/^--warehouse: cannot load gold\.patient_summary in somebody-elses: Access Denied: .* Grant /);
  });

  test('an expired token, in the calls and in the upload', async () => {
    const fake = await warehouse();
    createTables(fake, GOLD);
    fake.tokens = new Set(['fresh']);
    fake.clock = () => NOW;
    let token = 'fresh';
    const options = withToken(fake, () => Promise.resolve(new Headers({ authorization: `Bearer ${token}` })));
    fake.faults.before = (method) => {
      if (method === 'POST') token = 'stale';
      return null;
    };
    const line = await lineOf(fake, options);
    expect(line).toMatch(
      /^Google Cloud credentials: cannot load gold\.\w+: the token is expired or not valid .* Run gcloud auth application-default login/,
    );
    token = 'fresh';
    fake.faults.before = () => null;
    await load(fake, lake.root, { ...options, create: false });
    const table = selectTables('gold.alerts')[0]!;
    expect(warehouseRows(fake, table)).toEqual(await lakeRows(lake.root, table));
  });

  test('a clock that is off, as the service sees it', async () => {
    const fake = await warehouse();
    fake.tokens = new Set();
    fake.clock = () => NOW - 3_600_000;
    const line = await lineOf(
      fake,
      withToken(fake, () => Promise.resolve(new Headers({ authorization: 'Bearer x' }))),
    );
    expect(line).toBe(
      "Google Cloud credentials: cannot load gold.patient_summary: this machine's clock (2026-11-21T00:00:00.000Z) is off, 3600 s ahead. Set the clock (timedatectl set-ntp true), then try again.",
    );
  });

  test('a clock that is off, as the token service sees it', async () => {
    const fake = await warehouse();
    const message =
      'invalid_grant: Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.';
    const line = await lineOf(
      fake,
      withToken(fake, () => Promise.reject(new Error(message))),
    );
    expect(line).toMatch(/this machine's clock \(2026-11-21T00:00:00\.000Z\) is off\. Set the clock/);
  });
});

describe('a service that does not do its part', () => {
  test('a job that dies at every attempt', async () => {
    const fake = await warehouse();
    createTables(fake, GOLD);
    fake.faults.job = () => ({ reason: 'backendError', message: 'Backend error. Job aborted.' });
    expect(await lineOf(fake)).toMatch(
      /Backend error\. Job aborted\. Try again later: what is loaded stays loaded, and nothing is loaded twice\./,
    );
    expect(fake.store.table('gold', 'alerts').rows).toEqual([]);
    fake.faults.job = () => null;
    await load(fake, lake.root);
    const table = selectTables('gold.alerts')[0]!;
    expect(warehouseRows(fake, table)).toEqual(await lakeRows(lake.root, table));
  });

  test('a service that never answers but with 503', async () => {
    const fake = await warehouse();
    fake.faults.before = () => new GoogleError(503, 'backendError', 'Service unavailable.');
    expect(await lineOf(fake)).toMatch(/Service unavailable\. Try again later/);
  });

  test('a service that is not there', async () => {
    const fake = await warehouse();
    const options = withToken({ url: 'http://127.0.0.1:1' } as FakeBigQuery, () => Promise.resolve(new Headers()));
    expect(await lineOf(fake, options)).toMatch(
      /cannot load gold\.\w+ in ward-analytics: .*ECONNREFUSED.* Try again later/,
    );
  });
});
