import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { selectTables } from '../../../bigquery/load/select-tables.js';
import { writeEndpoint } from '../../../bigquery/write/write-endpoint.js';
import { WarehouseStream } from '../../../pipeline/sinks/warehouse-stream.js';
import type { FakeBigQuery } from '../../support/fake-bigquery/fake-bigquery.js';
import { FakeWriteApi } from '../../support/fake-bigquery/fake-write-api.js';
import { createTables } from '../load/create-tables.js';
import { GrowingLake } from '../load/growing-lake.js';
import { lakeRows, warehouseRows } from '../load/rows-of.js';
import { load, PROJECT, scratchFolder, warehouse } from '../load/setting.js';

// No look-up of a metadata server: there is none beside a stand-in.
process.env['METADATA_SERVER_DETECTION'] = 'none';

const TABLES = selectTables(undefined);
const MINUTE = 60_000;
const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A lake, a warehouse with its Write API, a clock that the test moves, and what the stream had to say. */
async function setting(batches: number) {
  const fake = await warehouse();
  createTables(fake);
  const api = await FakeWriteApi.start(fake.store);
  ends.push(() => api.stop());
  const lake = await GrowingLake.open(join(scratchFolder(), 'lake'));
  ends.push(() => lake.close());
  await lake.grow(batches);
  const time = { now: 1_795_219_200_000 };
  const notices: string[] = [];
  const means = {
    random: () => 0,
    wait: () => Promise.resolve(),
    retries: { attempts: 2, firstDelayMillis: 0, maxDelayMillis: 0 },
  };
  const open = async () => {
    const options = {
      client: { ...means, endpoint: { url: fake.url, standIn: true } },
      append: { ...means, endpoint: writeEndpoint({ BIGQUERY_STORAGE_EMULATOR_HOST: api.host }) },
      clock: () => time.now,
    };
    const stream = await WarehouseStream.open(PROJECT, lake.root, options, (text) => notices.push(text));
    ends.push(() => stream.close());
    return stream;
  };
  /** Waits until everything that was committed was tried. */
  const settled = async (stream: WarehouseStream) => {
    stream.committed();
    await stream.finish();
  };
  const loadNow = () => load(fake, lake.root, { create: false, clock: () => time.now });
  return { fake, api, lake, time, notices, open, settled, loadNow };
}

async function expectEqual(fake: FakeBigQuery, lake: GrowingLake): Promise<void> {
  for (const table of TABLES) expect(warehouseRows(fake, table)).toEqual(await lakeRows(lake.root, table));
}

describe('a stream beside a run', () => {
  test('appends what is committed after it began, and a load brings what was before, each row once', async () => {
    const { fake, api, lake, open, settled, loadNow, notices } = await setting(4);
    const stream = await open();
    for (let i = 0; i < 3; i++) {
      await lake.grow(2);
      await settled(stream);
    }
    expect(stream.lag).toBe(0);
    expect(fake.store.table('gold', 'alerts').rows).toHaveLength(6 * 4);
    const report = await loadNow();
    expect(report.tables.find(({ table }) => table === 'gold.alerts')?.rows).toBe(4 * 4);
    await expectEqual(fake, lake);
    await lake.grow(1);
    await settled(stream);
    expect(await loadNow()).toMatchObject({ rows: 0 });
    await expectEqual(fake, lake);
    expect(api.appended.length).toBeGreaterThan(0);
    expect(notices).toEqual([]);
  });

  test('keeps a load off what it is about to write', async () => {
    const { fake, lake, open, settled, loadNow } = await setting(2);
    const stream = await open();
    await lake.grow(3);
    await loadNow();
    expect(fake.store.table('gold', 'alerts').rows).toHaveLength(2 * 4);
    await settled(stream);
    await expectEqual(fake, lake);
  });

  test('goes on after a restart where it stood', async () => {
    const { fake, lake, open, settled } = await setting(0);
    const first = await open();
    await lake.grow(2);
    await settled(first);
    await lake.grow(2);
    const second = await open();
    await settled(second);
    await expectEqual(fake, lake);
  });

  test('a crash between append and mark repeats rows of the same order_key and loses none', async () => {
    const { fake, api, lake, open, settled, loadNow } = await setting(1);
    await loadNow();
    const stream = await open();
    let lost = 0;
    api.fault = () => (lost < 2 ? ((lost += 1), 'lose-answer') : null);
    await lake.grow(2);
    await settled(stream);
    await settled(stream);
    await loadNow();
    for (const table of TABLES) {
      const distinct = [...new Set(warehouseRows(fake, table))];
      expect(distinct).toEqual([...new Set(await lakeRows(lake.root, table))]);
    }
    expect(fake.store.table('gold', 'alerts').rows.length).toBeGreaterThan(3 * 4);
  });

  test('a warehouse that is away stops nothing: it is said once, the gap is left to a load, the stream goes on behind it', async () => {
    const { fake, api, lake, time, open, settled, loadNow, notices } = await setting(1);
    const stream = await open();
    api.refusal = { code: 14, message: 'The service is currently unavailable.' };
    await lake.grow(2);
    await settled(stream);
    await lake.grow(2);
    await settled(stream);
    expect(stream.lag).toBe(4);
    expect(notices.filter((text) => /unavailable.* The run goes on\.$/.test(text))).toHaveLength(1);
    expect(notices).toContainEqual('4 batches of gold are not in ward-analytics yet: run vitals load.');
    time.now += 6 * MINUTE;
    api.refusal = null;
    await settled(stream);
    expect(notices).toContainEqual('gold.alerts: batches 2-5 are left to vitals load.');
    await lake.grow(2);
    await settled(stream);
    await loadNow();
    await expectEqual(fake, lake);
  });

  test('a load takes over from a stream that is dead for ten minutes', async () => {
    const { fake, api, lake, time, open, settled, loadNow } = await setting(1);
    const stream = await open();
    await lake.grow(1);
    await settled(stream);
    api.refusal = { code: 14, message: 'away' };
    await lake.grow(3);
    await settled(stream);
    await loadNow();
    expect(fake.store.table('gold', 'alerts').rows).toHaveLength(2 * 4);
    time.now += 11 * MINUTE;
    await loadNow();
    await expectEqual(fake, lake);
  });

  test('does not begin where its table is not there', async () => {
    const { fake, open } = await setting(1);
    fake.store.tables.delete('gold.alerts');
    await expect(open()).rejects.toThrow(
      /^--warehouse: there is no table gold\.alerts in ward-analytics\. Run terraform apply/,
    );
  });
});
