import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readTrainingTable } from '../../../cli/model-tables/training-table.js';
import { DERIVED_STREAM_FEATURES, featureFiller, type FeatureSource } from '../../../model/features.js';
import { uniformSource } from '../../../model/forest/random.js';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'vitals-features-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const random = uniformSource('skew');
const maybe = <T>(value: T): T | null => (random() < 0.1 ? null : value);

/** Readings as the stream has them, every value missing now and then. */
const READINGS: FeatureSource[] = Array.from({ length: 300 }, (_, i) => ({
  heart_rate: maybe(Math.round(40 + 120 * random())),
  respiratory_rate: maybe(Math.round(8 + 20 * random())),
  spo2: maybe(Math.round(85 + 15 * random())),
  systolic_bp: i === 7 ? 0 : maybe(Math.round(80 + 100 * random())),
  diastolic_bp: maybe(Math.round(40 + 60 * random())),
  mean_bp: null,
  temperature: maybe(Math.round(3500 + 400 * random()) / 100),
  glucose: maybe(90.5),
  age: maybe(64),
  supplemental_oxygen: maybe(random() < 0.5),
  event_time: Date.UTC(2026, 0, 1, i % 24, (i * 7) % 60, (i * 11) % 60, i),
}));

/** What a reading is in a file; silver's rounded columns stand beside, and must not be taken. */
function line(reading: FeatureSource): string {
  const { event_time, ...rest } = reading;
  const cells = COLUMNS.map((name) => String(rest[name as keyof typeof rest] ?? ''));
  return [...cells, new Date(event_time!).toISOString(), '0.6', '88'].join(',');
}
const COLUMNS = Object.keys(READINGS[0]!).filter((name) => name !== 'event_time');

describe('features for training and for the stream', () => {
  test('agree on the same rows to the last bit, derived values and missing ones included', async () => {
    const file = join(root, 'readings.csv');
    const header = [...COLUMNS, 'event_time', 'shock_index', 'mean_arterial_pressure'].join(',');
    writeFileSync(file, [header, ...READINGS.map(line)].join('\n'));
    const names = DERIVED_STREAM_FEATURES.map(({ name }) => name);
    const { data, features } = await readTrainingTable(file, names, null);
    expect(features).toEqual(names);
    const fill = featureFiller(DERIVED_STREAM_FEATURES);
    const row = new Float64Array(names.length);
    READINGS.forEach((reading, i) => {
      fill(reading, row, 0);
      expect(names.map((_, column) => data.cell(i, column))).toEqual([...row]);
    });
  });

  test('are mean pressure, pulse pressure, shock index and the hour, unrounded', () => {
    const out = new Float64Array(4);
    const names = ['mean_arterial_pressure', 'pulse_pressure', 'shock_index', 'time_of_day'].map((name) => ({ name }));
    const reading = { ...READINGS[0]!, heart_rate: 95, systolic_bp: 118, diastolic_bp: 72 };
    featureFiller(names)({ ...reading, event_time: Date.UTC(2026, 0, 1, 18, 30) }, out, 0);
    expect([...out]).toEqual([(118 + 144) / 3, 46, 95 / 118, 18.5]);
    featureFiller(names)({ ...reading, systolic_bp: 0, event_time: -1 }, out, 0);
    expect(out[2]).toBeNaN();
    expect(out[3]).toBeCloseTo(24, 5);
    featureFiller(names)({ ...reading, diastolic_bp: null, event_time: null }, out, 0);
    expect([...out]).toEqual([NaN, NaN, 95 / 118, NaN]);
  });

  test('of other units than a reading has are refused, and so is what needs the past', () => {
    expect(() => featureFiller([{ name: 'temperature', unit: '[degF]' }])).toThrow(
      "feature 'temperature' is in [degF], and a reading has it in Cel",
    );
    expect(() => featureFiller([{ name: 'spo2_slope_15m' }])).toThrow("'spo2_slope_15m' needs the patient's past");
  });
});
