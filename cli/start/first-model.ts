import { stat } from 'node:fs/promises';
import { featureFiller, STREAM_FEATURES } from '../../model/features.js';
import { trainForest } from '../../model/train.js';
import { Hospital, simulate } from '../../simulator/hospital.js';
import type { Patient } from '../../simulator/patients.js';
import { cleanse } from '../../transforms/cleanse.js';
import { decode } from '../../transforms/decode/index.js';
import { ageAt } from '../../transforms/age.js';
import { patientRow } from '../../simulator/patients-file.js';
import { codeVersion } from '../commands/model/code-version.js';
import { writeModelFolder } from '../model-files.js';

/** Simulated history that the first model is trained on: two days at a reading every half hour, 500 patients. */
const HISTORY = { patients: 500, days: 2, intervalMs: 1_800_000 } as const;
const DAY_MILLIS = 86_400_000;
/** A history of its own: never the stream that is scored. */
const HISTORY_SEED = 'first-model';
const FOREST_SEED = 42;

/**
 * Trains a forest on simulated history, unless the folder holds a model. The history comes from the same generator as
 * the stream, so its figures say nothing about real patients; it passes the same decode, cleanse and features.
 *
 * @param before the history ends here, epoch ms
 * @returns seconds it took, null when there was a model
 */
export async function ensureFirstModel(
  folder: string,
  people: readonly Patient[],
  seed: string,
  before: number,
): Promise<number | null> {
  if (await stat(folder).catch(() => null)) return null;
  const started = performance.now();
  const history = people.slice(0, HISTORY.patients);
  const { rows, count } = featuresOf(history, seed, before - HISTORY.days * DAY_MILLIS, before);
  const model = trainForest(rows, count, STREAM_FEATURES, {
    seed: FOREST_SEED,
    source: 'simulated history',
    codeVersion: codeVersion(),
  });
  await writeModelFolder(folder, model);
  return (performance.now() - started) / 1000;
}

function featuresOf(people: readonly Patient[], seed: string, from: number, to: number) {
  const hospital = new Hospital({
    people,
    seed: `${seed}/${HISTORY_SEED}`,
    from,
    to,
    intervalMs: HISTORY.intervalMs,
    rates: { late: 0, duplicate: 0, malformed: 0, lost: 0 },
    scenario: null,
    labels: false,
  });
  const records = new Map(people.map((patient) => [patient.patient_id, patientRow(patient, from)]));
  const fill = featureFiller(STREAM_FEATURES);
  const width = STREAM_FEATURES.length;
  const rows: number[] = [];
  const row = new Float64Array(width);
  for (const chunk of simulate(hospital, from, DAY_MILLIS)) {
    for (const line of Buffer.from(chunk.bytes).toString('latin1').split('\n')) {
      if (line === '') continue;
      const reading = readingOf(line);
      const record = reading && records.get(reading.patient_id);
      if (!reading || !record) continue;
      fill({ ...reading, age: ageAt(record, reading.event_time) }, row, 0);
      rows.push(...row);
    }
  }
  return { rows: Float64Array.from(rows), count: rows.length / width };
}

function readingOf(line: string) {
  const message = {
    batch: 0,
    offset: 0,
    message_id: '',
    publish_time: null,
    receive_time: 0,
    source: 'simulator',
    dialect: null,
    attributes: null,
    payload: Buffer.from(line, 'latin1'),
  };
  const [decoded] = decode(message, { timezone: null }).rows;
  return decoded && cleanse(decoded, { checkClock: false }).rows[0];
}
