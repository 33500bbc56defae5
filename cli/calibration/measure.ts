import { persistenceOf } from '../../model/calibration/calibration.js';
import type { PatientDays } from '../../model/calibration/calibrate.js';
import { meanAlarms } from '../../model/calibration/conformal.js';
import type { AnomalyModel } from '../../model/model.js';
import { thresholdFor } from '../../model/calibration/calibration.js';
import { simulateQuietDays, type QuietCohort } from './quiet-simulated.js';

/** What a calibrated model did on quiet patient-days that it was not calibrated on. */
export interface MeasuredWard {
  /** `*` for the hospital: every ward at its own threshold. */
  readonly ward: string;
  readonly patientDays: number;
  /** Alarms per patient-day. */
  readonly rate: number;
}

/** Measures a calibrated model's alarms on other simulated patients who stay well. */
export function measureCalibration(model: AnomalyModel, cohort: QuietCohort): MeasuredWard[] {
  const { calibration } = model;
  if (calibration === undefined) throw new TypeError(`measureCalibration: ${model.id} is not calibrated`);
  const persistence = persistenceOf(calibration);
  return measureQuiet(model, simulateQuietDays(model, cohort, persistence), persistence.rearmMinutes);
}

/** Alarms per patient-day of each ward, in order of name, and of all: each reading at the threshold of its ward. */
export function measureQuiet(model: AnomalyModel, quiet: readonly PatientDays[], rearmMinutes: number): MeasuredWard[] {
  const byWard = new Map<string | null, PatientDays['days'][number][]>();
  for (const { ward, days } of quiet) byWard.set(ward, [...(byWard.get(ward) ?? []), ...days]);
  const wards = [...byWard]
    .filter(([, days]) => days.length > 0)
    .map(([ward, days]) => ({
      ward: ward ?? 'unknown',
      patientDays: days.length,
      rate: meanAlarms(days, thresholdFor(model, ward), rearmMinutes),
    }))
    .sort((a, b) => (a.ward < b.ward ? -1 : 1));
  const patientDays = wards.reduce((sum, ward) => sum + ward.patientDays, 0);
  const alarms = wards.reduce((sum, ward) => sum + ward.rate * ward.patientDays, 0);
  return [...wards, { ward: '*', patientDays, rate: patientDays === 0 ? NaN : alarms / patientDays }];
}
