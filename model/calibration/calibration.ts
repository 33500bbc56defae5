import { FieldError, type Fields } from '../document-fields.js';
import type { Persistence } from './persistence.js';

/** Thresholds for a chosen rate of false alarms, as model.json holds them (docs/calibration.md). */
export interface Calibration {
  /** Alarms per patient-day of quiet that were asked for. */
  readonly false_alarms_per_patient_day: number;
  /** The rule by which anomalous minutes were an alarm: see {@link Persistence}. */
  readonly persistence: { readonly k: number; readonly n: number; readonly rearm_minutes: number };
  /** Whose quiet days they were, e.g. `simulated quiet patients`. */
  readonly source: string;
  /** Patient-days that the thresholds were found on. */
  readonly patient_days: number;
  /** By ward, in order of name: wards that have one of their own, or their unit type's. */
  readonly thresholds: Readonly<Record<string, number>>;
  /** Of every other ward, and of a reading without one: found on all of the days. */
  readonly default: number;
}

/** What of a model decides what an anomaly is. */
export interface Thresholds {
  readonly threshold: number;
  readonly thresholdOf?: (ward: string | null) => number;
}

/** The score from which on a reading of a ward is an anomaly. Allocates nothing. */
export function thresholdFor(model: Thresholds, ward: string | null): number {
  return model.thresholdOf === undefined ? model.threshold : model.thresholdOf(ward);
}

/** What a model gets from its calibration: none of it where it has none. */
export function calibratedParts(calibration: Calibration | undefined): Pick<Thresholds, 'thresholdOf'> {
  if (calibration === undefined) return {};
  const byWard = new Map(Object.entries(calibration.thresholds));
  const other = calibration.default;
  return { thresholdOf: (ward) => (ward === null ? other : (byWard.get(ward) ?? other)) };
}

/** What of a calibration decides what an alarm is, for the identity of its model; nothing where there is none. */
export function calibrationIdentity(calibration: Calibration | undefined): readonly unknown[] {
  if (calibration === undefined) return [];
  const { persistence, thresholds } = calibration;
  const { k, n, rearm_minutes } = persistence;
  return [[k, n, rearm_minutes, Object.entries(thresholds).sort(([a], [b]) => (a < b ? -1 : 1)), calibration.default]];
}

/** The persistence of a calibration, as the functions of persistence.ts take it. */
export function persistenceOf({ persistence }: Calibration): Persistence {
  const { k, n, rearm_minutes } = persistence;
  return { k, n, rearmMinutes: rearm_minutes };
}

/** Reads a calibration, keys in their order and wards in order of name. @throws FieldError for what is none */
export function decodeCalibration(fields: Fields): Calibration {
  const persistence = fields.fields('persistence');
  const [k, n] = [persistence.whole('k'), persistence.whole('n')];
  if (k < 1 || k > n) throw new FieldError('calibration.persistence: k is not from 1 to n');
  const thresholds = fields.fields('thresholds');
  return {
    false_alarms_per_patient_day: fields.positive('false_alarms_per_patient_day'),
    persistence: { k, n, rearm_minutes: persistence.whole('rearm_minutes') },
    source: fields.text('source'),
    patient_days: fields.whole('patient_days'),
    thresholds: Object.fromEntries(
      thresholds
        .names()
        .sort()
        .map((ward) => [ward, thresholds.number(ward)]),
    ),
    default: fields.number('default'),
  };
}
