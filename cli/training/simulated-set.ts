import { featureFiller, type FeatureName } from '../../model/features.js';
import { rowMajor } from '../../model/matrix.js';
import type { Patient } from '../../simulator/patients.js';
import { simulateCohort, type Cohort } from '../evaluation/cohort.js';
import type { TrainingSet } from './training-set.js';

/** A history to be simulated. */
export interface SimulatedHistory {
  readonly people: readonly Patient[];
  readonly seed: string;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly intervalMs: number;
  /** What it is, for the record. */
  readonly source: string;
}

const MINUTE = 60_000;

/**
 * Readings of simulated patients, some of whom deteriorate now and then, as the pipeline has them before it scores. Labels are
 * minutes of such events.
 */
export function simulatedSet(history: SimulatedHistory, features: readonly FeatureName[]): TrainingSet {
  const cohort = simulateCohort({ ...history, scenario: null });
  const width = features.length;
  const fill = featureFiller(features);
  const values = new Float64Array(cohort.count * width);
  for (let i = 0; i < cohort.count; i++) fill(cohort.reading(i), values, i * width);
  const wards = Array.from(cohort.patients, (place) => cohort.people[place]!.ward);
  return {
    features,
    data: rowMajor(values, cohort.count, width),
    series: { patients: cohort.patients, times: cohort.times },
    patientIds: cohort.people.map(({ patient_id }) => patient_id),
    groups: { patients: cohort.patients, wards },
    labels: labelsOf(cohort),
    source: history.source,
    generator: 'simulator',
  };
}

function labelsOf({ count, patients, times, events }: Cohort): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => {
    const minute = Math.floor(times[i]! / MINUTE);
    return events[patients[i]!]!.some(({ onset, end }) => minute >= onset && minute <= end) ? 1 : 0;
  });
}
