import { Monitor, isWireless } from '../devices.js';
import { EpisodeSchedule } from '../episodes.js';
import { factorStep, type FactorStep } from '../factors.js';
import type { Patient } from '../patients.js';
import { Physiology } from '../physiology.js';
import { MonitorReading, VitalSigns } from '../vital-signs.js';
import { plausible } from './plausible.js';
import { RECORDED_VITALS, type RecordedVital } from './recorded-vitals.js';
import type { Table } from './table.js';

/** What monitors showed of many patients, as columns. */
export interface Recording {
  readonly people: readonly Patient[];
  /** Epoch ms of the first sample, and milliseconds between samples. */
  readonly from: number;
  readonly intervalMs: number;
  /** As shown, without what is not plausible. */
  readonly vitals: Readonly<Record<RecordedVital, Table>>;
  /** 1 with supplemental oxygen; 1 when not alert. As many as there are samples in a table. */
  readonly oxygen: Uint8Array;
  readonly clouded: Uint8Array;
  /** Whose heart rate comes from a wireless patch, 1 a patient. */
  readonly wireless: Uint8Array;
}

export interface RecordingOptions {
  readonly people: readonly Patient[];
  readonly seed: string;
  readonly from: number;
  /** Samples of each patient. */
  readonly samples: number;
  readonly intervalMs: number;
}

/** Simulates patients as a hospital does (episodes, treatment, faulty devices), and keeps what their monitors show. */
export function record({ people, seed, from, samples, intervalMs }: RecordingOptions): Recording {
  const recording = emptyRecording(people, from, samples, intervalMs);
  const step = factorStep(intervalMs / 3_600_000);
  people.forEach((patient, place) => {
    recording.wireless[place] = isWireless(patient, seed) ? 1 : 0;
    recordPatient(recording, patient, place, seed, step);
  });
  return recording;
}

function emptyRecording(people: readonly Patient[], from: number, samples: number, intervalMs: number): Recording {
  const size = people.length * samples;
  const table = (): Table => ({ patients: people.length, samples, values: new Float64Array(size) });
  return {
    people,
    from,
    intervalMs,
    vitals: {
      heart_rate: table(),
      respiratory_rate: table(),
      temperature: table(),
      systolic_bp: table(),
      diastolic_bp: table(),
      spo2: table(),
    },
    oxygen: new Uint8Array(size),
    clouded: new Uint8Array(size),
    wireless: new Uint8Array(people.length),
  };
}

function recordPatient(recording: Recording, patient: Patient, place: number, seed: string, step: FactorStep): void {
  const { from, intervalMs, vitals, oxygen, clouded } = recording;
  const { samples } = vitals.heart_rate;
  const physiology = new Physiology(patient, seed);
  const episodes = new EpisodeSchedule(patient, seed, from, null);
  const monitor = new Monitor(patient, seed, from, physiology.glucosePeriod, () => undefined);
  const state = new VitalSigns();
  const shown = new MonitorReading();
  for (let sample = 0; sample < samples; sample++) {
    const time = from + sample * intervalMs;
    physiology.advance(time, step, episodes.at(time), state);
    monitor.measure(time, state, shown);
    const at = place * samples + sample;
    for (const vital of RECORDED_VITALS) vitals[vital].values[at] = plausible(vital, shown[vital]);
    oxygen[at] = shown.supplemental_oxygen ? 1 : 0;
    clouded[at] = shown.consciousness === 'A' ? 0 : 1;
  }
}
