import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeFile } from '../../cli/decode/decode-file.js';
import type { LineOutput } from '../../cli/decode/output.js';
import { writeModelFolder } from '../../cli/model-files.js';
import { modelOf, patientsOf } from '../../cli/score/score-inputs.js';
import { scoreLine } from '../../cli/score/score-line.js';
import { STREAM_FEATURES } from '../../model/features.js';
import type { AnomalyModel } from '../../model/model.js';
import { trainForest } from '../../model/train.js';
import { ConfigurationError } from '../../schema/errors.js';
import { NO_PATIENTS, type PatientDirectory } from '../../transforms/patients.js';

const NOW = Date.UTC(2026, 10, 21);
const SEVERE = {
  version: 1,
  patient_id: 'P000123',
  event_time: '2026-11-21T07:20:50.123Z',
  sequence: 42,
  heart_rate: 120,
  spo2: 95,
  systolic_bp: 105,
  diastolic_bp: 60,
  temperature: 38.5,
  supplemental_oxygen: false,
  consciousness: 'A',
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'score-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fileOf(name: string, content: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

function sink(): LineOutput & { readonly lines: string[] } {
  const lines: string[] = [];
  const done = () => Promise.resolve();
  return { lines, open: true, write: (line) => void lines.push(line), flush: done, close: done };
}

async function score(file: string, model: AnomalyModel | null = null, patients: PatientDirectory = NO_PATIENTS) {
  const [readings, rejects] = [sink(), sink()];
  const options = { timezone: null, dialect: null, numberRows: true, now: NOW, toLine: scoreLine(patients, model) };
  const summary = await decodeFile(file, options, readings, rejects);
  const rows = readings.lines.map((line) => JSON.parse(line) as Record<string, Record<string, unknown>>);
  return { rows, lines: readings.lines, rejects: rejects.lines, summary };
}

/** Trained on rows around a healthy adult, without any randomness but the forest's own seed. */
function aForest() {
  const width = STREAM_FEATURES.length;
  const centre = [78, 16, 97, 118, 72, 36.8, 60, 0];
  const rows = Float64Array.from({ length: 512 * width }, (_, i) => {
    const [row, feature] = [Math.floor(i / width), i % width];
    return (centre[feature] as number) + ((row * (2 * feature + 3)) % 17) / 4;
  });
  return trainForest(rows, 512, STREAM_FEATURES, { seed: 1, source: 'test', codeVersion: 'test' });
}

describe('vitals score', () => {
  test('prints the canonical reading and then the scores, in the order of INTERFACES', async () => {
    const { lines, rows } = await score(await fileOf('one.ndjson', `${JSON.stringify(SEVERE)}\n`));
    expect(lines).toHaveLength(1);
    expect(Object.keys(rows[0] ?? {})).toEqual([
      ...['patient_id', 'device_id', 'ward', 'bed', 'event_time', 'sequence', 'status', 'heart_rate'],
      ...['respiratory_rate', 'spo2', 'systolic_bp', 'diastolic_bp', 'mean_bp', 'temperature', 'glucose'],
      ...['supplemental_oxygen', 'consciousness', 'spo2_scale', 'flags'],
      ...['news2', 'bp_category', 'mean_arterial_pressure', 'pulse_pressure', 'shock_index', 'qsofa', 'sirs', 'mews'],
    ]);
    expect(rows[0]).toMatchObject({
      patient_id: 'P000123',
      event_time: '2026-11-21T07:20:50.123Z',
      news2: { low: 5, high: 8, exact: false, missing: ['respiratory_rate'], band_low: 'medium', band_high: 'high' },
      bp_category: 'normal',
      mean_arterial_pressure: 75,
      shock_index: 1.14,
      sirs: { low: 2, high: 3 },
    });
  });

  test('numbers the rows of a table without patient and time, and shows no time for them', async () => {
    const table = 'heart_rate,spo2\n78,97\n131,91\n';
    const { rows } = await score(await fileOf('rows.csv', table));
    expect(rows.map((row) => [row['patient_id'], row['event_time'], row['news2']?.['low']])).toEqual([
      ['row-1', null, 0],
      ['row-2', null, 6],
    ]);
  });

  test('an unknown age counts as adult, a child of the patients file has no NEWS2', async () => {
    const patients = await fileOf(
      'patients.ndjson',
      '{"patient_id":"P000123","birth_date":"2015-05-05","ward":"PAED","bed":"PAED-1","valid_from":"2026-01-01"}\n',
    );
    const file = await fileOf('child.ndjson', `${JSON.stringify(SEVERE)}\n`);
    expect((await score(file)).rows[0]?.['news2']).toMatchObject({ applicable: true });
    const { rows } = await score(file, null, await patientsOf(patients));
    expect(rows[0]).toMatchObject({ ward: 'PAED', bed: 'PAED-1', news2: { applicable: false, reason: 'under_16' } });
  });

  test('what is refused goes to the rejects and into the summary', async () => {
    const file = await fileOf('bad.ndjson', `{"version":1\n${JSON.stringify({ ...SEVERE, spo2: 140 })}\n`);
    const { rows, rejects, summary } = await score(file);
    expect(rows[0]).toMatchObject({ spo2: null, news2: { missing: ['respiratory_rate', 'spo2'] } });
    expect(rejects.map((line) => (JSON.parse(line) as { reason: string }).reason)).toEqual(['SYNTAX', 'RANGE']);
    expect(summary).toMatchObject({ messages: 2, readings: 1, rejected: 1, field_rejects: 1 });
  });

  test('with a model splits the anomaly over its features', async () => {
    const model = join(folder, 'model');
    writeModelFolder(model, aForest());
    const loaded = modelOf(model) as AnomalyModel;
    const { rows } = await score(await fileOf('ill.ndjson', `${JSON.stringify(SEVERE)}\n`), loaded);
    const anomaly = rows[0]?.['anomaly'] as { score: number; contributions: Record<string, number> };
    expect(anomaly).toMatchObject({ threshold: loaded.threshold, model_id: loaded.id, cause: 'patient' });
    expect(Object.keys(anomaly)).toEqual(['score', 'threshold', 'is_anomaly', 'model_id', 'contributions', 'cause']);
    expect(Object.keys(anomaly.contributions)).toEqual(loaded.features.map((feature) => feature.name));
    const { baseline } = loaded.explain(Float64Array.of(120, NaN, 95, 105, 60, 38.5, NaN, 0));
    const sum = Object.values(anomaly.contributions).reduce((total, part) => total + part, baseline);
    expect(sum).toBeCloseTo(anomaly.score, 9);
  });
});

describe('what vitals score is given', () => {
  test('without a model it must be told so', () => {
    expect(modelOf(false)).toBeNull();
    expect(() => modelOf(undefined)).toThrow(ConfigurationError);
    expect(() => modelOf(undefined)).toThrow(/vitals model train.*--no-model/);
  });

  test('a folder that is no model, and a patients file that is not there, are configuration errors', async () => {
    expect(() => modelOf(join(folder, 'nothing'))).toThrow(ConfigurationError);
    await expect(patientsOf(join(folder, 'nothing'))).rejects.toThrow(/--patients.*ENOENT/);
  });

  test('a wrong line of the patients file is named by its number', async () => {
    const file = await fileOf('wrong.ndjson', '{"patient_id":"P1"}\n\n{"name":"secret"}\n');
    await expect(patientsOf(file)).rejects.toThrow(/line 3/);
    await expect(patientsOf(file)).rejects.not.toThrow(/secret/);
  });
});
