import type { PatientSeries } from '../../model/features/series.js';
import type { LabelledEvent } from '../../model/evaluation/detection.js';
import { VITALS } from '../../schema/vitals.js';
import type { ScenarioChoice } from '../../simulator/episodes.js';
import { Hospital, simulate } from '../../simulator/hospital.js';
import { patientRow } from '../../simulator/patients-file.js';
import type { Patient } from '../../simulator/patients.js';
import { cleanse } from '../../transforms/cleanse.js';
import { decode } from '../../transforms/decode/index.js';
import { enrich } from '../../transforms/enrich.js';
import { identify } from '../../transforms/identify.js';
import { makePatientDirectory, type PatientDirectory } from '../../transforms/patients.js';
import type { EnrichedReading, Reading } from '../../transforms/reading.js';

/** Which patients are simulated, and for how long. */
export interface CohortOptions {
  readonly people: readonly Patient[];
  readonly seed: string;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly intervalMs: number;
  readonly scenario: ScenarioChoice | null;
}

/** Readings of simulated patients as the pipeline has them before it scores, in columns, with what was the matter. */
export interface Cohort extends PatientSeries {
  readonly seed: string;
  readonly people: readonly Patient[];
  readonly count: number;
  /** The same object each time, filled anew. */
  reading(index: number): EnrichedReading;
  /** By patient: their deteriorations, in minutes since the epoch. */
  readonly events: readonly (readonly LabelledEvent[])[];
}

const MINUTE = 60_000;
const CHUNK_MILLIS = 86_400_000;
const RATES = { late: 0, duplicate: 0, malformed: 0, lost: 0 } as const;
const AS_ON_THE_WIRE = (sourceId: string): string => sourceId;
const CONSCIOUSNESS = ['A', 'C', 'V', 'P', 'U'] as const;

/** Beside the vitals: what features and scores read. */
const EXTRA = ['age', 'supplemental_oxygen', 'consciousness', 'spo2_scale', 'pregnant'] as const;
const COLUMNS = [...VITALS.map(({ name }) => name as string), ...EXTRA];

/**
 * Simulates patients without a network's faults, and lets their messages pass decode, cleanse, identify and enrich: the
 * same transforms as in the pipeline. Memory: 120 bytes a reading.
 */
export function simulateCohort(options: CohortOptions): Cohort {
  const { people, from, to, intervalMs } = options;
  const most = people.length * Math.ceil((to - from) / intervalMs);
  const values = new Float64Array(most * COLUMNS.length);
  const patients = new Uint32Array(most);
  const times = new Float64Array(most);
  const places = new Map(people.map(({ patient_id }, place) => [patient_id, place]));
  const directory = makePatientDirectory(people.map((patient) => patientRow(patient, from)));
  const events: LabelledEvent[][] = people.map(() => []);
  let count = 0;
  let template: EnrichedReading | null = null;
  const hospital = new Hospital({ ...options, rates: RATES, labels: true });
  for (const { bytes, labels } of simulate(hospital, from, CHUNK_MILLIS)) {
    noteEvents(labels, places, events);
    for (const line of Buffer.from(bytes).toString('latin1').split('\n')) {
      const reading = line === '' ? null : enrichedOf(line, directory);
      if (reading === null) continue;
      template ??= reading;
      patients[count] = places.get(reading.patient_id)!;
      times[count] = reading.event_time;
      pack(reading, values, count * COLUMNS.length);
      count++;
    }
  }
  if (template === null) throw new Error('cohort: nobody was measured');
  const row = { ...template } as EnrichedReading;
  return {
    people,
    seed: options.seed,
    count,
    patients: patients.subarray(0, count),
    times: times.subarray(0, count),
    events,
    reading: (index) => {
      const person = people[patients[index]!]!;
      return unpack(row, values, index * COLUMNS.length, times[index]!, person);
    },
  };
}

function enrichedOf(line: string, directory: PatientDirectory): EnrichedReading | null {
  const reading = readingOf(line);
  return reading === undefined ? null : enrich(identify(reading, AS_ON_THE_WIRE), directory);
}

function readingOf(line: string): Reading | undefined {
  const [decoded] = decode(
    {
      batch: 0,
      offset: 0,
      message_id: '',
      publish_time: null,
      receive_time: 0,
      source: 'simulator',
      dialect: null,
      attributes: null,
      payload: Buffer.from(line, 'latin1'),
    },
    { timezone: null },
  ).rows;
  return decoded && cleanse(decoded, { checkClock: false }).rows[0];
}

function pack(reading: EnrichedReading, values: Float64Array, at: number): void {
  const row = reading as unknown as Readonly<Record<string, number | boolean | string | null>>;
  for (const [i, name] of COLUMNS.entries()) {
    const value = row[name] ?? null;
    values[at + i] =
      value === null ? NaN : typeof value === 'string' ? CONSCIOUSNESS.indexOf(value as never) : Number(value);
  }
}

function unpack(
  row: EnrichedReading,
  values: Float64Array,
  at: number,
  time: number,
  person: Patient,
): EnrichedReading {
  const target = row as unknown as Record<string, unknown>;
  for (const [i, name] of COLUMNS.entries()) {
    const value = values[at + i]!;
    target[name] = value !== value ? null : valueOf(name, value);
  }
  target['event_time'] = time;
  target['patient_id'] = person.patient_id;
  target['ward'] = person.ward;
  return row;
}

function valueOf(name: string, value: number): unknown {
  if (name === 'consciousness') return CONSCIOUSNESS[value];
  return name === 'supplemental_oxygen' || name === 'pregnant' ? value === 1 : value;
}

function noteEvents(labels: string, places: ReadonlyMap<string, number>, events: LabelledEvent[][]): void {
  for (const line of labels.split('\n')) {
    if (!line.startsWith('{"type":"episode"')) continue;
    const { patient_id, kind, onset, end } = JSON.parse(line) as Readonly<Record<string, string>>;
    const minuteOf = (time: string) => Math.floor(Date.parse(time) / MINUTE);
    events[places.get(patient_id!)!]!.push({ kind: kind!, onset: minuteOf(onset!), end: minuteOf(end!) });
  }
}
