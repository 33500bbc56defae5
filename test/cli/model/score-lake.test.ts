import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { PatientAlarms } from '../../../cli/lake-scores/patient-alarms.js';
import { scoreSilver, type ScoredSilver } from '../../../cli/lake-scores/score-silver.js';
import { writeModelFolder } from '../../../cli/model-files.js';
import { scoreFile } from '../../../cli/model-tables/score-file.js';
import { openLakeSnapshot, type LakeSnapshot } from '../../../lake/reader.js';
import { featureFiller, type FeatureName } from '../../../model/features.js';
import { uniformSource } from '../../../model/forest/random.js';
import type { AnomalyModel } from '../../../model/model.js';
import { trainForest } from '../../../model/train.js';
import { scratch } from '../../lake/scratch.js';
import { aNeuralModel } from '../../model/neural/networks.js';
import { SILVER_FROM, simulatedSilver, writeSilverLake } from '../../support/silver-lake.js';
import { vitals } from '../../support/vitals.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const ALL = { from: -Infinity, to: Infinity };
/** Beyond one midnight: silver is read day by day. */
const silver = simulatedSilver({ patients: 3, hours: 26, intervalMs: 2 * MINUTE });

const VITALS = ['heart_rate', 'respiratory_rate', 'spo2', 'systolic_bp', 'temperature'] as const;
const lstm = aNeuralModel(VITALS.length, 10, VITALS);

/** A forest that looks at a slope, a spread and a baseline of up to a day, by where their values lie. */
function historyForest(): AnomalyModel {
  const ranges: Readonly<Record<string, readonly [number, number]>> = {
    heart_rate: [50, 110],
    heart_rate_slope_15m: [-1, 1],
    respiratory_rate_sd_30m: [0, 3],
    spo2_deviation_24h: [-3, 3],
    age: [18, 90],
  };
  const features: FeatureName[] = Object.keys(ranges).map((name) => ({ name, unit: null }));
  const random = uniformSource('history forest');
  const rows = Float64Array.from({ length: 64 * features.length }, (_, i) => {
    const [low, high] = ranges[features[i % features.length]!.name]!;
    return low + (high - low) * random();
  });
  const options = { seed: 1, source: 'test', codeVersion: '0', trees: 10, sampleSize: 32 };
  return trainForest(rows, 64, features, options);
}

let root: string;
let snapshot: LakeSnapshot;
let csv: string;
beforeAll(async () => {
  root = scratch();
  await writeSilverLake(root, silver);
  snapshot = await openLakeSnapshot(root);
  csv = join(scratch(), 'silver.csv');
  const columns = ['patient_id', 'event_time', ...VITALS, 'age'] as const;
  const lines = silver.map((row) =>
    columns.map((name) => (name === 'event_time' ? new Date(row[name]).toISOString() : row[name])).join(','),
  );
  writeFileSync(csv, `${columns.join(',')}\n${lines.join('\n')}\n`);
}, 60_000);

const keyOf = (patient: string, time: number): string => `${patient} ${time}`;

async function lakeScores(model: AnomalyModel, times = ALL): Promise<Map<string, number>> {
  const scores = new Map<string, number>();
  for await (const { patient, time, score } of scoreSilver(snapshot, model, times)) {
    scores.set(keyOf(patient, time), score);
  }
  return scores;
}

async function fileScores(model: AnomalyModel): Promise<Map<string, number>> {
  const scores: number[] = [];
  for await (const part of scoreFile(csv, model)) scores.push(...part.scores);
  return new Map(silver.map((row, i) => [keyOf(row.patient_id, row.event_time), scores[i]!]));
}

describe.each<[string, AnomalyModel]>([
  ['an LSTM', lstm],
  ['a forest with features of the past', historyForest()],
])('%s', (_name, model) => {
  test('scores a lake as it scores the same readings in a file', async () => {
    const expected = await fileScores(model);
    const scores = await lakeScores(model);
    expect(scores).toEqual(expected);
    expect(new Set(expected.values()).size).toBeGreaterThan(100);
  });

  test('knows of what was before the stretch that is asked for', async () => {
    const whole = await lakeScores(model);
    const from = SILVER_FROM + 24.5 * HOUR;
    const part = await lakeScores(model, { from, to: from + HOUR });
    expect(part.size).toBe(3 * 30);
    for (const [key, score] of part) expect(score).toBe(whole.get(key));
  });
});

describe('alarms of scored readings', () => {
  const model = { threshold: 0.6, thresholdOf: (ward: string | null) => (ward === 'ICU' ? 0.9 : 0.6) };
  const rule = { k: 2, n: 3, rearmMinutes: 5 };
  const reading = (minute: number, score: number, ward: string | null = 'A', patient = 'P'): ScoredSilver => ({
    ...{ patient, ward, score, time: minute * MINUTE + 7_000 },
  });
  const found = (...readings: ScoredSilver[]) => {
    const alarms = new PatientAlarms(model, rule);
    for (const one of readings) alarms.add(one);
    return alarms.alarms().map(({ patient, ward, raisedAt }) => [patient, ward, raisedAt / MINUTE]);
  };

  test('take so many anomalous minutes of so many, and silence in between', () => {
    const high = (...minutes: number[]) => minutes.map((minute) => reading(minute, 0.7));
    expect(found(...high(1))).toEqual([]);
    expect(found(...high(1, 4))).toEqual([]);
    expect(found(...high(1, 3))).toEqual([['P', 'A', 3]]);
    expect(found(...high(1, 2, 3, 4, 9))).toEqual([['P', 'A', 2]]);
    expect(found(...high(1, 2, 10, 11))).toEqual([
      ['P', 'A', 2],
      ['P', 'A', 11],
    ]);
  });

  test('count a minute by most of its readings, of which one without a score is no anomaly', () => {
    expect(found(reading(1, 0.7), reading(1, 0.1), reading(2, 0.7), reading(2, 0.1))).toEqual([]);
    expect(found(reading(1, 0.7), reading(1, NaN), reading(2, NaN), reading(3, 0.7))).toEqual([]);
    expect(found(reading(1, 0.7), reading(2, NaN), reading(3, 0.7))).toEqual([['P', 'A', 3]]);
  });

  test('go by the threshold of the ward, also of a patient who moves, and come in order of time', () => {
    const moving = [reading(1, 0.8, 'ICU'), reading(2, 0.8, 'ICU'), reading(3, 0.8, 'A'), reading(4, 0.8, 'A')];
    const other = [reading(1, 0.95, 'ICU', 'Q'), reading(2, 0.95, 'ICU', 'Q')];
    expect(found(...moving, ...other)).toEqual([
      ['Q', 'ICU', 2],
      ['P', 'A', 4],
    ]);
  });
});

describe('vitals model score --lake', () => {
  let folder: string;
  beforeAll(() => {
    folder = join(scratch(), 'lstm');
    writeModelFolder(folder, lstm);
  });

  test('prints a reading a line, with the model that scored it', async () => {
    const from = new Date(SILVER_FROM + HOUR).toISOString();
    const to = new Date(SILVER_FROM + 2 * HOUR).toISOString();
    const { code, stdout, stderr } = await vitals(
      ['model', 'score', '--model', folder, '--lake', root].concat(['--from', from, '--to', to]),
    );
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const whole = await lakeScores(lstm);
    expect(lines).toHaveLength(90);
    for (const { patient_id, event_time, score, anomaly, model_id } of lines) {
      expect(score).toBe(whole.get(keyOf(patient_id as string, Date.parse(event_time as string))));
      expect(anomaly).toBe((score as number) >= lstm.threshold);
      expect(model_id).toBe(lstm.id);
    }
    expect(stderr).toMatch(/^vitals: 90 readings, 0 without a score, \d+ anomalies; model lstm-/);
  });

  test('prints alarms when they are asked for', async () => {
    const low = { ...lstm, threshold: 0 };
    const alarms = new PatientAlarms(low, { k: 3, n: 5, rearmMinutes: 30 });
    for await (const reading of scoreSilver(snapshot, low, ALL)) alarms.add(reading);
    expect(alarms.alarms()).toHaveLength(3);
    const { code, stdout, stderr } = await vitals(['model', 'score', '--model', folder, '--lake', root, '--alarms']);
    expect(code).toBe(0);
    const lines = stdout.split('\n').filter((line) => line !== '');
    expect(stderr).toContain(`${lines.length} alarms`);
    for (const line of lines)
      expect(Object.keys(JSON.parse(line))).toEqual(['patient_id', 'ward', 'raised_at', 'model_id']);
  });

  test.each([
    [[], /--data: what to score is not said\. Give --data FILE\.csv or --lake DIR/],
    [['--data', 'a.csv', '--lake', 'b'], /--data and --lake are two sources/],
    [['--data', 'a.csv', '--alarms'], /--alarms: is about a lake/],
    [['--data', 'a.csv', '--from', '2026-01-01'], /--from: is about a lake/],
  ])('with %j is refused in one line', async (more, line) => {
    const { code, stderr } = await vitals(['model', 'score', '--model', folder, ...more]);
    expect(code).toBe(1);
    expect(stderr).toMatch(line);
  });
});

test('a feature that no reading has is refused by its name', async () => {
  const odd = { ...lstm, features: lstm.features.map((feature) => ({ ...feature, name: 'lactate' })) };
  expect(() => featureFiller(odd.features)).toThrow(/'lactate' is not part of a reading/);
  await expect(lakeScores(odd as never)).rejects.toThrow(/'lactate' is not part of a reading/);
});
