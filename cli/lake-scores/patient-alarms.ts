import { thresholdFor } from '../../model/calibration/calibration.js';
import { MinuteScores } from '../../model/calibration/minute-scores.js';
import { alarmMinutes, persistentScores, type Persistence } from '../../model/calibration/persistence.js';
import type { AnomalyModel } from '../../model/model.js';
import type { ScoredSilver } from './score-silver.js';

const MINUTE = 60_000;

/** An alarm of a model over one patient. */
export interface PatientAlarm {
  readonly patient: string;
  /** Where the patient was then. */
  readonly ward: string | null;
  /** Epoch milliseconds of the minute in which it was raised. */
  readonly raisedAt: number;
}

interface PatientMinutes {
  readonly anomalous: MinuteScores;
  /** The wards of the patient, each from a minute on. */
  readonly stays: { readonly from: number; readonly ward: string | null }[];
}

/**
 * Finds the alarms in scored readings by the rule of gold.anomaly_alarms: a minute is anomalous where most of its readings are
 * at or above the threshold of their ward (one without a score is not), and so many anomalous minutes are an alarm.
 *
 * Readings come in order of time within a patient. Memory: 12 bytes a patient-minute.
 */
export class PatientAlarms {
  private readonly patients = new Map<string, PatientMinutes>();

  constructor(
    private readonly model: Pick<AnomalyModel, 'threshold' | 'thresholdOf'>,
    private readonly persistence: Persistence,
  ) {}

  add({ patient, ward, time, score }: ScoredSilver): void {
    let own = this.patients.get(patient);
    if (own === undefined) this.patients.set(patient, (own = { anomalous: new MinuteScores(), stays: [] }));
    own.anomalous.add(time, Number(score >= thresholdFor(this.model, ward)));
    const stay = own.stays.at(-1);
    if (stay === undefined || stay.ward !== ward) own.stays.push({ from: Math.floor(time / MINUTE), ward });
  }

  /** By time, then patient. */
  alarms(): PatientAlarm[] {
    const alarms = [...this.patients].flatMap(([patient, { anomalous, stays }]) => {
      const series = anomalous.series();
      const persistent = persistentScores(series, this.persistence);
      return alarmMinutes(series.minutes, persistent, 1, this.persistence.rearmMinutes).map((minute): PatientAlarm => {
        const ward = stays.findLast(({ from }) => from <= minute)?.ward ?? null;
        return { patient, ward, raisedAt: minute * MINUTE };
      });
    });
    return alarms.sort((a, b) => a.raisedAt - b.raisedAt || (a.patient < b.patient ? -1 : 1));
  }
}
