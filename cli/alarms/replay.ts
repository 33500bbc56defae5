import type { PatientReading } from '../../query/alarm-readings.js';
import { credibleReading, PatientAlarms, type Alarm } from '../../transforms/alarms/patient-alarms.js';
import type { AlarmRuleSet } from '../../transforms/alarms/alarm-rule.js';
import { AlarmBudget } from './budget.js';
import type { ReplaySize } from './budget-report.js';
import type { PatientTruth } from './truth.js';

/** What a replay found. */
export interface Replay {
  readonly size: ReplaySize;
  readonly budgets: readonly AlarmBudget[];
}

/** Called after every so many readings. */
export type OnProgress = (readings: number, patients: number) => void;

const DAY = 86_400_000;
/** A patient who sends nothing for longer is not watched: discharged, or off the monitor. */
const LONGEST_PAUSE = 10 * 60_000;
const READINGS_BETWEEN_PROGRESS = 100_000;

/**
 * Runs every set of rules over readings, patient by patient: no more than one patient's alarms are in memory, beside the
 * numbers that the report is made of.
 *
 * @param readings as query/alarm-readings.ts streams them
 * @param truths by pseudonym; null without labels
 */
export async function replay(
  readings: AsyncIterable<PatientReading>,
  sets: readonly AlarmRuleSet[],
  truths: ReadonlyMap<string, PatientTruth> | null,
  onProgress: OnProgress = () => undefined,
): Promise<Replay> {
  const budgets = sets.map((set) => new AlarmBudget(set));
  const size = { patients: 0, readings: 0, bed_days: 0 };
  const leave = (patient: WatchedPatient): void => {
    size.patients += 1;
    size.bed_days += patient.watchedMillis / DAY;
    patient.finish(budgets, truths);
  };
  let patient: WatchedPatient | null = null;
  for await (const reading of readings) {
    if (patient === null || patient.id !== reading.patient_id) {
      if (patient !== null) leave(patient);
      patient = new WatchedPatient(reading.patient_id, reading.event_time, sets);
    }
    patient.observe(reading);
    size.readings += 1;
    if (size.readings % READINGS_BETWEEN_PROGRESS === 0) onProgress(size.readings, size.patients);
  }
  if (patient !== null) leave(patient);
  return { size: { ...size, bed_days: Math.round(size.bed_days * 1000) / 1000 }, budgets };
}

const NOTHING_KNOWN: PatientTruth = { episodes: [], artefacts: [] };

/** One patient under every set of rules. */
class WatchedPatient {
  watchedMillis = 0;
  private last: number;
  private readonly alarms: Alarm[][];
  private readonly sets: readonly PatientAlarms[];

  constructor(
    readonly id: string,
    private readonly first: number,
    sets: readonly AlarmRuleSet[],
  ) {
    this.last = first;
    this.alarms = sets.map(() => []);
    this.sets = sets.map((set, index) => new PatientAlarms(id, set, (alarm) => this.alarms[index]?.push(alarm)));
  }

  observe(reading: PatientReading): void {
    const pause = reading.event_time - this.last;
    if (pause <= LONGEST_PAUSE) this.watchedMillis += pause;
    this.last = reading.event_time;
    const seen = credibleReading(reading);
    for (const set of this.sets) set.observe(seen);
  }

  finish(budgets: readonly AlarmBudget[], truths: ReadonlyMap<string, PatientTruth> | null): void {
    const truth = truths === null ? null : (truths.get(this.id) ?? NOTHING_KNOWN);
    this.sets.forEach((set, index) => {
      set.finish();
      budgets[index]?.addPatient(this.alarms[index] ?? [], { from: this.first, to: this.last }, truth);
    });
  }
}
