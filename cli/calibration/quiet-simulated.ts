import type { PatientDays } from '../../model/calibration/calibrate.js';
import { quietDays } from '../../model/calibration/conformal.js';
import type { Persistence } from '../../model/calibration/persistence.js';
import type { AnomalyModel } from '../../model/model.js';
import { createPatients, type Patient } from '../../simulator/patients.js';
import { wardOf } from '../../simulator/wards.js';
import { simulateCohort } from '../evaluation/cohort.js';
import { seriesOf } from '../evaluation/compare-detectors.js';
import { modelDetector } from '../evaluation/detectors.js';

/** Which quiet patients are simulated: a reading a minute, nobody deteriorates. */
export interface QuietCohort {
  readonly patients: number;
  readonly days: number;
  /** Any text: another one, other patients. */
  readonly seed: string;
}

const DAY = 86_400_000;
/** One reading a minute: what thresholds with persistence look at. */
const INTERVAL = 60_000;
/** When the simulated days begin: any day does, and the same one gives the same figures. */
const FROM = Date.UTC(2026, 0, 5);
/** Patients who are simulated at a time: bounds the memory, and changes nobody. */
const AT_A_TIME = 50;

/** Simulates patients who stay well, and scores them as the pipeline would. Memory: 12 bytes a patient-minute, and 50 patients. */
export function simulateQuietDays(
  model: AnomalyModel,
  { patients, days, seed }: QuietCohort,
  persistence: Persistence,
): PatientDays[] {
  const detector = modelDetector(model);
  const people = createPatients(seed, patients);
  const quiet: PatientDays[] = [];
  for (let from = 0; from < patients; from += AT_A_TIME) {
    const cohort = simulateCohort({
      people: people.slice(from, from + AT_A_TIME),
      seed,
      from: FROM,
      to: FROM + days * DAY,
      intervalMs: INTERVAL,
      scenario: { kind: 'none', share: 0 },
    });
    const series = seriesOf(cohort, detector.score(cohort));
    series.forEach((one, i) => quiet.push({ ward: wardAt(cohort.people, i), days: quietDays([one], persistence) }));
  }
  return quiet;
}

/** The unit types of the simulator's wards: the same for those whose monitoring and patients are alike. */
export const SIMULATED_UNIT_TYPES = (wards: Iterable<string>): ReadonlyMap<string, string> =>
  new Map([...wards].map((ward) => [ward, wardOf(ward).profile]));

function wardAt(people: readonly Patient[], place: number): string {
  return people[place]!.ward;
}
