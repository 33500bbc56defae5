import { ConfigurationError } from '../../schema/errors.js';
import { conformalThreshold, MOST_ALARMS_A_DAY, type CalibratedThreshold, type QuietDay } from './conformal.js';
import type { Calibration } from './calibration.js';
import type { Persistence } from './persistence.js';

/** The quiet days of one patient on a ward; null where nobody said which. */
export interface PatientDays {
  readonly ward: string | null;
  readonly days: readonly QuietDay[];
}

/** What is asked of a calibration. */
export interface CalibrationOptions {
  /** Alarms per patient-day of quiet. */
  readonly falseAlarms: number;
  readonly persistence: Persistence;
  /** `hospital`: one threshold for all. */
  readonly by: 'ward' | 'hospital';
  /** The unit type of a ward, such as `intensive`: stands in where the ward itself has too few days. */
  readonly unitTypes: ReadonlyMap<string, string>;
  /** Whose days they are, for the record. */
  readonly source: string;
}

/** Where the threshold of a ward comes from. */
export interface WardThreshold extends CalibratedThreshold {
  readonly ward: string;
  /** `ward`, `unit type intensive`, `hospital`, or `few patients`: the ward's own, stricter than those would be. */
  readonly basis: string;
  /** Patients of the ward itself, and their quiet days. */
  readonly wardPatients: number;
  readonly wardDays: number;
}

export interface WardCalibration {
  readonly calibration: Calibration;
  readonly wards: readonly WardThreshold[];
  readonly hospital: CalibratedThreshold;
}

/**
 * Finds a threshold for every ward by conformal risk control (conformal.ts): on the days of the ward; where it has too few
 * patients for the rate that is asked for, on those of all wards of its unit type; else on those of the hospital.
 *
 * Patients count and not days, because the days of one patient are alike: a ward needs as many patients as the rate needs days.
 * One with fewer whose own days ask for a higher threshold than the one it would borrow gets that.
 *
 * @throws ConfigurationError where all days together are too few
 */
export function calibrateWards(quiet: readonly PatientDays[], options: CalibrationOptions): WardCalibration {
  const { falseAlarms, persistence, by, unitTypes, source } = options;
  const all = quiet.flatMap(({ days }) => days);
  const hospital = conformalThreshold(all, falseAlarms, persistence) ?? refuse(falseAlarms, all.length);
  const least = leastDays(falseAlarms);
  const find = ({ patients, days }: Group) =>
    patients < least ? null : conformalThreshold(days, falseAlarms, persistence);
  const wards = by === 'hospital' ? [] : named(groupDays(quiet, ({ ward }) => ward));
  const types = named(groupDays(quiet, ({ ward }) => (ward === null ? null : (unitTypes.get(ward) ?? null))));
  const ofType = new Map(types.map(([type, group]) => [type, find(group)]));
  const found = wards.map(([ward, group]): WardThreshold => {
    const type = unitTypes.get(ward);
    const [borrowed, basisOfIt] = firstOf([
      [find(group), 'ward'],
      [type === undefined ? null : (ofType.get(type) ?? null), `unit type ${type}`],
      [hospital, 'hospital'],
    ]);
    const few = conformalThreshold(group.days, falseAlarms, persistence);
    const isStricter = few !== null && few.threshold > borrowed.threshold;
    const [threshold, basis] = isStricter ? [few, 'few patients'] : [borrowed, basisOfIt];
    return { ward, basis, wardPatients: group.patients, wardDays: group.days.length, ...threshold };
  });
  const own = found.filter(({ basis }) => basis !== 'hospital');
  const calibration: Calibration = {
    false_alarms_per_patient_day: falseAlarms,
    persistence: { k: persistence.k, n: persistence.n, rearm_minutes: persistence.rearmMinutes },
    source,
    patient_days: all.length,
    thresholds: Object.fromEntries(own.map(({ ward, threshold }) => [ward, threshold])),
    default: hospital.threshold,
  };
  return { calibration, wards: found, hospital };
}

/** Quiet patient-days that a rate needs at least: see conformalThreshold. */
export function leastDays(falseAlarms: number): number {
  return Math.ceil(MOST_ALARMS_A_DAY / falseAlarms - 1);
}

interface Group {
  patients: number;
  readonly days: QuietDay[];
}

function groupDays(
  quiet: readonly PatientDays[],
  keyOf: (patient: PatientDays) => string | null,
): ReadonlyMap<string | null, Group> {
  const groups = new Map<string | null, Group>();
  for (const patient of quiet) {
    if (patient.days.length === 0) continue;
    const key = keyOf(patient);
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = { patients: 0, days: [] }));
    group.patients++;
    group.days.push(...patient.days);
  }
  return groups;
}

/** Those of a name, in order of name. */
function named(groups: ReadonlyMap<string | null, Group>): [string, Group][] {
  const entries = [...groups].flatMap(([name, group]): [string, Group][] => (name === null ? [] : [[name, group]]));
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

function firstOf(
  choices: readonly (readonly [CalibratedThreshold | null, string])[],
): readonly [CalibratedThreshold, string] {
  for (const [threshold, basis] of choices) if (threshold !== null) return [threshold, basis];
  throw new TypeError('calibrateWards: no threshold for the hospital');
}

function refuse(falseAlarms: number, days: number): never {
  const problem = `${falseAlarms} a day cannot be calibrated on ${days} quiet patient-days`;
  throw new ConfigurationError(
    '--false-alarms',
    problem,
    `It takes at least ${leastDays(falseAlarms)}: add days or patients.`,
  );
}
