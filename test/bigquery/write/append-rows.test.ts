import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { managedwriter } from '@google-cloud/bigquery-storage';
import { openAppender, tablePath, type AppendOptions, type RowAppender } from '../../../bigquery/write/append-rows.js';
import { explainAppend } from '../../../bigquery/write/append-failure.js';
import { writeEndpoint } from '../../../bigquery/write/write-endpoint.js';
import { GOLD_ALERTS } from '../../../schema/tables/gold-alerts.js';
import { bigQueryFields } from '../../../schema/render/bigquery.js';
import { FakeWriteApi } from '../../support/fake-bigquery/fake-write-api.js';
import { WarehouseStore, type Field } from '../../support/fake-bigquery/warehouse-store.js';
import { alertRow } from '../../query/fixture-rows.js';

// No look-up of a metadata server: there is none beside a stand-in.
process.env['METADATA_SERVER_DETECTION'] = 'none';

const store = () => {
  const made = new WarehouseStore('ward-analytics');
  made.datasets.set('gold', 'europe-west4');
  made.create('gold', 'alerts', { schema: { fields: bigQueryFields(GOLD_ALERTS) as Field[] } });
  return made;
};
let warehouse: WarehouseStore;
let api: FakeWriteApi;
let appender: RowAppender;
let options: AppendOptions;

beforeEach(async () => {
  warehouse = store();
  api = await FakeWriteApi.start(warehouse);
  options = {
    endpoint: writeEndpoint({ BIGQUERY_STORAGE_EMULATOR_HOST: api.host }),
    retries: { attempts: 4, firstDelayMillis: 0, maxDelayMillis: 0 },
    random: () => 0,
    wait: () => Promise.resolve(),
    timeoutMillis: 10_000,
  };
  appender = await openAppender('ward-analytics', GOLD_ALERTS, options);
});
afterEach(async () => {
  appender.close();
  await api.stop();
});

const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => alertRow({ alert_id: `a${from + i}`, value: i % 2 ? 1.5 : null }));
const ids = () => warehouse.table('gold', 'alerts').rows.map((row) => row['alert_id']);

describe('the default stream', () => {
  test('takes every row with every value', async () => {
    await appender.append(rows(0, 2_500));
    expect(ids()).toHaveLength(2_500);
    const [row] = rows(0, 1);
    expect(warehouse.table('gold', 'alerts').rows[0]).toEqual({
      ...row,
      event_time: new Date(row!.event_time).toISOString(),
      publish_time: row!.publish_time === null ? null : new Date(row!.publish_time).toISOString(),
      receive_time: new Date(row!.receive_time).toISOString(),
      commit_time: new Date(row!.commit_time).toISOString(),
    });
  });

  test('sends again what was refused for a moment, and what a broken connection took', async () => {
    const faults = ['refuse', 'break', null, 'break', 'refuse', null] as const;
    let at = 0;
    api.fault = () => faults[at++] ?? null;
    await appender.append(rows(0, 10));
    await appender.append(rows(10, 20));
    expect(ids()).toEqual(rows(0, 20).map((row) => row.alert_id));
  });

  test('doubles rows whose answer is lost: at least once is what it gives', async () => {
    let lost = false;
    api.fault = () => (lost ? null : ((lost = true), 'lose-answer'));
    await appender.append(rows(0, 3));
    expect(ids()).toEqual(['a0', 'a1', 'a2', 'a0', 'a1', 'a2']);
  });

  test.each([
    [7, "Permission 'TABLES_UPDATE_DATA' denied", /Grant roles\/bigquery\.dataEditor/],
    [
      16,
      'Request had invalid authentication credentials',
      /token is expired or not valid .* gcloud auth application-default login/,
    ],
    [3, 'Schema mismatch', /cannot append to gold\.alerts in ward-analytics: Schema mismatch/],
  ])('a refusal %i is not tried again, and says what to do', async (code, message, line) => {
    api.refusal = { code, message };
    let asked = 0;
    api.fault = () => ((asked += 1), null);
    const error = await appender.append(rows(0, 1)).catch((cause: unknown) => cause);
    expect(explainAppend(error, 'ward-analytics', 'gold.alerts', 0).message).toMatch(line);
    expect(asked).toBe(1);
  });
});

describe('a committed stream', () => {
  test('takes an offset that was written as written, and refuses one that leaves a gap', async () => {
    const client = new managedwriter.WriterClient({ projectId: 'ward-analytics', ...options.endpoint });
    const name = await client.createWriteStream({
      streamType: managedwriter.CommittedStream,
      destinationTable: tablePath('ward-analytics', GOLD_ALERTS),
    });
    client.close();
    void client.getClient().close();
    const stream = await openAppender('ward-analytics', GOLD_ALERTS, options, { name });
    try {
      await stream.append(rows(0, 5), 0);
      await stream.append(rows(0, 5), 0);
      await stream.append(rows(5, 7), 5);
      expect(ids()).toEqual(rows(0, 7).map((row) => row.alert_id));
      await expect(stream.append(rows(9, 10), 9)).rejects.toThrow(/expected offset 7, received 9/);
    } finally {
      stream.close();
    }
  });
});
