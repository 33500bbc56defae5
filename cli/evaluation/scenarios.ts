import { DEFAULT_PERSISTENCE } from '../../model/calibration/persistence.js';
import type { AnomalyModel } from '../../model/model.js';
import { createPatients } from '../../simulator/patients.js';
import { simulateCohort } from './cohort.js';
import { compareDetectors, type Comparison } from './compare-detectors.js';
import { modelDetector, NEWS2_DETECTOR, RANDOM_DETECTOR, THRESHOLD_DETECTOR } from './detectors.js';

/** What is simulated for an evaluation. */
export interface ScenarioOptions {
  /** Patients who deteriorate now and then, for so many days. */
  readonly patients: number;
  readonly days: number;
  /** Patients who do not, for so many days: once to calibrate on, and as many others to check on. */
  readonly quietPatients: number;
  readonly quietDays: number;
  readonly seed: string;
  /** Alarms per patient-day that thresholds are set for. */
  readonly falseAlarms: number;
}

export interface ScenarioReport {
  readonly options: ScenarioOptions;
  readonly persistence: typeof DEFAULT_PERSISTENCE;
  /** The same generator makes the training data of a first model and these: what that means stands in the report. */
  readonly generator: 'simulator';
  readonly comparisons: readonly Comparison[];
}

const DAY = 86_400_000;
/** One reading a minute: what thresholds with persistence look at. */
const INTERVAL = 60_000;
/** When the simulated days begin: any day does, and the same one gives the same figures. */
const FROM = Date.UTC(2026, 0, 5);

/** Settings that every report has beside the one that was asked for. */
const TARGETS = [0.1, 0.5, 1, 2] as const;

/** Calibrates and measures models, NEWS2, single thresholds and chance on simulated patients of seeds of their own. */
export function evaluateScenarios(
  models: readonly AnomalyModel[],
  options: ScenarioOptions,
  progress: (text: string) => void,
): ScenarioReport {
  const { patients, days, quietPatients, quietDays, seed, falseAlarms } = options;
  const cohort = (name: string, count: number, length: number, quiet: boolean) => {
    progress(`${name}: ${count} patients, ${length} days`);
    return simulateCohort({
      people: createPatients(`${seed} ${name}`, count),
      seed: `${seed} ${name}`,
      from: FROM,
      to: FROM + length * DAY,
      intervalMs: INTERVAL,
      scenario: quiet ? { kind: 'none', share: 0 } : null,
    });
  };
  const cohorts = {
    calibration: cohort('calibration', quietPatients, quietDays, true),
    quiet: cohort('quiet', quietPatients, quietDays, true),
    unseen: cohort('unseen', patients, days, false),
  };
  const detectors = [...models.map(modelDetector), NEWS2_DETECTOR, THRESHOLD_DETECTOR, RANDOM_DETECTOR];
  const targets = [...new Set([...TARGETS, falseAlarms])].sort((a, b) => a - b);
  const comparisons = compareDetectors(detectors, cohorts, targets, falseAlarms, DEFAULT_PERSISTENCE, seed, progress);
  return { options, persistence: DEFAULT_PERSISTENCE, generator: 'simulator', comparisons };
}
