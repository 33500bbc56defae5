import { Hospital, simulate, type HospitalOptions } from '../../simulator/hospital.js';
import { createPatients } from '../../simulator/patients.js';

/** A Saturday, midnight UTC. */
export const FROM = Date.UTC(2026, 10, 21);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A network that does nothing. */
export const PERFECT = { late: 0, duplicate: 0, malformed: 0, lost: 0 };

/** A reading as it is on the wire. */
export interface WireReading {
  readonly version: number;
  readonly message_id: string;
  readonly patient_id: string;
  readonly device_id: string;
  readonly ward: string;
  readonly bed: string;
  readonly event_time: string;
  readonly sequence: number;
  readonly heart_rate: number | null;
  readonly respiratory_rate: number | null;
  readonly spo2: number | null;
  readonly systolic_bp: number | null;
  readonly diastolic_bp: number | null;
  readonly temperature: number | null;
  readonly glucose?: number;
  readonly supplemental_oxygen: boolean;
  readonly consciousness: 'A' | 'C' | 'V' | 'P' | 'U';
  readonly lead_off?: true;
  readonly probe_off?: true;
}

/** A line of the ground truth. */
export interface Label {
  readonly type: 'episode' | 'intervention' | 'artefact' | 'message' | 'summary';
  readonly patient_id?: string;
  readonly message_id?: string;
  readonly kind?: string;
  readonly severity?: number;
  readonly onset?: string;
  readonly time?: string;
  readonly episode?: string;
  readonly end?: string;
  readonly effects?: readonly string[];
  readonly malformation?: string | null;
  readonly event_time?: string;
  readonly arrival_time?: string | null;
  readonly repeat_arrival_time?: string | null;
}

export interface Simulated {
  /** Text of each file, one character a byte. */
  readonly files: readonly { readonly arrivalFrom: number; readonly text: string }[];
  /** All messages in order of arrival. */
  readonly lines: readonly string[];
  readonly labels: readonly Label[];
  readonly hospital: Hospital;
}

/** An hour of 20 patients at a reading a minute on a perfect network, unless changed. */
export function simulated(changes: Partial<HospitalOptions> = {}, patients = 20, fileMs = MINUTE): Simulated {
  const seed = changes.seed ?? 'test';
  const hospital = new Hospital({
    people: changes.people ?? createPatients(seed, patients),
    seed,
    from: FROM,
    to: FROM + HOUR,
    intervalMs: MINUTE,
    rates: PERFECT,
    scenario: null,
    labels: true,
    ...changes,
  });
  const files: { arrivalFrom: number; text: string }[] = [];
  let last = -1;
  let labels = '';
  for (const chunk of simulate(hospital, changes.from ?? FROM, fileMs)) {
    const text = Buffer.from(chunk.bytes).toString('latin1');
    if (chunk.file === last) (files.at(-1) as { text: string }).text += text;
    else files.push({ arrivalFrom: chunk.arrivalFrom, text });
    last = chunk.file;
    labels += chunk.labels;
  }
  labels += hospital.closeLabels();
  const lines = files.flatMap(({ text }) => text.split('\n').slice(0, -1));
  return { files, lines, labels: parsed<Label>(labels.split('\n').slice(0, -1)), hospital };
}

export function parsed<T = WireReading>(lines: readonly string[]): T[] {
  return lines.map((line) => JSON.parse(line) as T);
}
