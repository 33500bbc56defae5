import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openLookups, type Lookups } from '../../query/lookups.js';
import type { SilverRow } from '../../schema/tables/silver-patient-vitals.js';
import { compareVersions } from '../../transforms/version-order.js';
import { fixtureLake, type FixtureTables } from './fixture-lake.js';
import { alertRow, at, hourlyRow, HOUR, MINUTE, silverRow, wardRow } from './fixture-rows.js';

let lookups: Lookups;

beforeAll(async () => {
  lookups = await openLookups();
});
afterAll(() => lookups.close());

async function given(tables: FixtureTables): Promise<void> {
  lookups.refresh((await fixtureLake(tables)).tables);
}

const ids = (rows: readonly { readonly reading_id: string }[]) => rows.map((row) => row.reading_id).sort();

describe('before anything is refreshed, and in an empty lake', () => {
  test('every look-up answers with nothing', async () => {
    const empty = await openLookups({ memoryLimit: '128MB', threads: 1 });
    const window = { patient_id: 'p1', window_start: at('07:00:00') };
    expect(await empty.readingKeysBetween(0, at('23:00:00'))).toEqual({
      reading_id: [],
      content_hash: [],
      patient_id: [],
      event_time: [],
    });
    expect(await empty.currentReadings([window], MINUTE)).toEqual([]);
    expect(await empty.versionsOf(['r1'])).toEqual([]);
    expect(await empty.vitalsHourlyPanes([window])).toEqual([]);
    expect(await empty.wardAlertPanes([{ ward: 'ICU', window_start: at('07:00:00') }])).toEqual([]);
    expect(await empty.standingAlerts(['r1'])).toEqual([]);
    expect(await empty.silverRowsAfterBatch(0, ['reading_id'])).toEqual([]);
    expect(await empty.currentReadings([], MINUTE)).toEqual([]);
    await empty.close();
  });
});

describe('rows', () => {
  test('come back as they were written: times in milliseconds, integers as numbers, null as null', async () => {
    const row = silverRow({
      event_time: at('07:20:50.123'),
      sent_time: at('07:20:51'),
      sequence: 9007199254740991,
      temperature: 36.81,
      heart_rate: 78,
      supplemental_oxygen: false,
      ward: null,
      flags: '{"a":["é"]}',
      batch: 42,
    });
    await given({ 'silver.patient_vitals': [[row]] });
    expect(await lookups.versionsOf(['r1'])).toEqual([row]);
    expect(Object.keys((await lookups.versionsOf(['r1']))[0] ?? {})).toEqual(Object.keys(row));
  });
});

describe('readingKeysBetween', () => {
  test('gives all versions from the first instant up to, and without, the last', async () => {
    await given({
      'silver.patient_vitals': [
        [silverRow({ reading_id: 'before', event_time: at('06:59:59.999') })],
        [
          silverRow({ reading_id: 'first', event_time: at('07:00:00') }),
          silverRow({ reading_id: 'first', content_hash: 'c2', event_time: at('07:00:00') }),
        ],
        [silverRow({ reading_id: 'after', event_time: at('08:00:00') })],
        [silverRow({ reading_id: 'other day', event_time: Date.parse('2026-11-22T07:30:00Z') })],
      ],
    });
    const keys = await lookups.readingKeysBetween(at('07:00:00'), at('08:00:00'));
    expect(keys.reading_id).toEqual(['first', 'first']);
    expect(keys.content_hash.sort()).toEqual(['c1', 'c2']);
    expect(keys.patient_id).toEqual(['p1', 'p1']);
    expect(keys.event_time).toEqual([at('07:00:00'), at('07:00:00')]);
  });

  test('a file without statistics is still searched', async () => {
    const snapshot = await fixtureLake({ 'silver.patient_vitals': [[silverRow({ event_time: at('07:00:00') })]] });
    const table = snapshot.tables.get('silver.patient_vitals');
    const files = (table?.files ?? []).map((file) => ({ ...file, stats: {} }));
    lookups.refresh(new Map([['silver.patient_vitals', { ...table, files }]]) as typeof snapshot.tables);
    expect((await lookups.readingKeysBetween(at('07:00:00'), at('07:00:01'))).reading_id).toEqual(['r1']);
    expect((await lookups.readingKeysBetween(at('07:00:01'), at('07:00:02'))).reading_id).toEqual([]);
  });
});

describe('currentReadings', () => {
  const row = (given: Partial<SilverRow>) => silverRow(given);

  test('gives the winners in the windows of their patients, tombstones included', async () => {
    await given({
      'silver.patient_vitals': [
        [row({ reading_id: 'mine', event_time: at('07:00:59.999'), heart_rate: 1 })],
        [
          row({
            reading_id: 'mine',
            content_hash: 'c2',
            status: 'corrected',
            event_time: at('07:00:59.999'),
            heart_rate: 2,
          }),
        ],
        [row({ reading_id: 'withdrawn', status: 'entered-in-error', event_time: at('07:00:00') })],
        [row({ reading_id: 'next minute', event_time: at('07:01:00') })],
        [row({ reading_id: 'of another', patient_id: 'p2', event_time: at('07:00:30') })],
      ],
    });
    const found = await lookups.currentReadings([{ patient_id: 'p1', window_start: at('07:00:00') }], MINUTE);
    expect(ids(found)).toEqual(['mine', 'withdrawn']);
    expect(found.find((reading) => reading.reading_id === 'mine')?.heart_rate).toBe(2);
  });

  test('a reading that a correction moved elsewhere is there, and no longer here', async () => {
    const moved = { reading_id: 'moved', status: 'corrected', content_hash: 'c2', event_time: at('18:30:00') };
    await given({
      'silver.patient_vitals': [[row({ reading_id: 'moved', event_time: at('07:00:00') })], [row(moved)]],
    });
    expect(await lookups.currentReadings([{ patient_id: 'p1', window_start: at('07:00:00') }], HOUR)).toEqual([]);
    expect(ids(await lookups.currentReadings([{ patient_id: 'p1', window_start: at('18:00:00') }], HOUR))).toEqual([
      'moved',
    ]);
  });

  test('agrees with the order of versions in transforms, for any set of versions', async () => {
    const version = fc.record({
      status: fc.constantFrom('final', 'corrected', 'entered-in-error'),
      sent_time: fc.option(fc.integer({ min: 0, max: 3 })),
      content_hash: fc.constantFrom('a', 'B', '-', '_', '9'),
    });
    const versions = fc.uniqueArray(version, { minLength: 1, maxLength: 6, selector: (one) => one.content_hash });
    await fc.assert(
      fc.asyncProperty(versions, async (all) => {
        await given({ 'silver.patient_vitals': all.map((one) => [row(one)]) });
        const [winner] = [...all].sort(compareVersions).reverse();
        const found = await lookups.currentReadings([{ patient_id: 'p1', window_start: at('00:00:00') }], MINUTE);
        expect(found).toEqual([row(winner ?? {})]);
      }),
      { numRuns: 15 },
    );
  });
});

describe('versionsOf', () => {
  test('gives every version of the readings asked for, wherever it lies', async () => {
    await given({
      'silver.patient_vitals': [
        [silverRow({}), silverRow({ reading_id: 'r2' })],
        [silverRow({ content_hash: 'c2', event_time: Date.parse('2026-12-01T00:00:00Z') })],
      ],
    });
    expect((await lookups.versionsOf(['r1', 'unknown'])).map((version) => version.content_hash).sort()).toEqual([
      'c1',
      'c2',
    ]);
    expect(await lookups.versionsOf(['r1'], { from: at('00:00:00'), to: at('12:00:00') })).toHaveLength(1);
  });
});

describe('panes', () => {
  test('vitalsHourlyPanes gives the latest pane of every vital of a patient and hour', async () => {
    const latest = hourlyRow({
      window_start: at('07:00:00'),
      order_key: '2',
      n: 0,
      sum_value: null,
      last_event_time: null,
    });
    const spo2 = hourlyRow({ window_start: at('07:00:00'), vital: 'spo2' });
    await given({
      'gold.vitals_hourly': [
        [latest, spo2],
        [hourlyRow({ window_start: at('07:00:00'), order_key: '1' }), hourlyRow({ window_start: at('08:00:00') })],
        [hourlyRow({ window_start: at('07:00:00'), patient_id: 'p2' })],
      ],
    });
    const found = await lookups.vitalsHourlyPanes([{ patient_id: 'p1', window_start: at('07:00:00') }]);
    expect(found.sort((a, b) => (a.vital < b.vital ? -1 : 1))).toEqual([latest, spo2]);
  });

  test('wardAlertPanes gives the latest pane of every rule and severity of a ward and hour', async () => {
    const latest = wardRow({ window_start: at('07:00:00'), order_key: '2', n: 5 });
    await given({
      'gold.ward_alerts_hourly': [
        [wardRow({ window_start: at('07:00:00') }), latest],
        [wardRow({ window_start: at('07:00:00'), ward: 'B' })],
      ],
    });
    expect(await lookups.wardAlertPanes([{ ward: 'ICU', window_start: at('07:00:00') }])).toEqual([latest]);
  });
});

test('standingAlerts passes over what was withdrawn later', async () => {
  const again = alertRow({ alert_id: 'a3', order_key: '2', value: 80 });
  await given({
    'gold.alerts': [
      [alertRow({ alert_id: 'a1' }), alertRow({ alert_id: 'a2', reading_id: 'r2' }), alertRow({ alert_id: 'a3' })],
      [alertRow({ alert_id: 'a1', order_key: '2', state: 'withdrawn' }), again],
    ],
  });
  expect(await lookups.standingAlerts(['r1'])).toEqual([again]);
});

test('silverRowsAfterBatch gives later rows of compacted files too, with the columns asked for', async () => {
  await given({
    'silver.patient_vitals': [
      [
        silverRow({ reading_id: 'r1', batch: 1 }),
        silverRow({ reading_id: 'r3', batch: 3, event_time: at('07:00:00') }),
      ],
      [silverRow({ reading_id: 'r2', batch: 2 })],
    ],
  });
  expect(await lookups.silverRowsAfterBatch(2, ['reading_id', 'event_time', 'batch'])).toEqual([
    { reading_id: 'r3', event_time: at('07:00:00'), batch: 3 },
  ]);
});

test('thousands of keys are one question', async () => {
  const rows = Array.from({ length: 3000 }, (_, index) =>
    silverRow({ reading_id: `r${index}`, patient_id: `p${index}` }),
  );
  await given({ 'silver.patient_vitals': [rows] });
  expect(await lookups.versionsOf(rows.map((row) => row.reading_id))).toHaveLength(3000);
  const windows = rows.map((row) => ({ patient_id: row.patient_id, window_start: at('00:00:00') }));
  expect(await lookups.currentReadings(windows, MINUTE)).toHaveLength(3000);
});
