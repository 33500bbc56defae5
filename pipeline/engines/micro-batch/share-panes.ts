import type { CommittedState } from './committed-state.js';
import type { PatientSummaryRow } from '../../../schema/tables/gold-patient-summary.js';
import type { VitalsHourlyRow } from '../../../schema/tables/gold-vitals-hourly.js';
import {
  mergePatientMinutes,
  patientSummaryRow,
  summarize,
  type PatientMinute,
} from '../../../transforms/summarize.js';
import { mergeVitalHours, vitalHourFromRow, vitalsHourlyRow, type VitalHour } from '../../../transforms/trend.js';
import { ONE_HOUR, ONE_MINUTE } from '../../../transforms/window.js';
import { Panes, type PaneLimits } from './panes.js';

export type SummaryPanes = Panes<PatientMinute, PatientSummaryRow>;
export type HourlyPanes = Panes<VitalHour, VitalsHourlyRow>;

/** Panes of gold.patient_summary. What is not resident is summarized anew from current silver. */
export function openSummaryPanes(committed: CommittedState, limits: PaneLimits): SummaryPanes {
  return new Panes(
    {
      windowMillis: ONE_MINUTE,
      windowOf: (minute) => minute.window_start,
      keyOf: (minute) => minute.patient_id,
      merge: mergePatientMinutes,
      row: patientSummaryRow,
      committed: async (wanted) => summarize(standing(await committed.currentReadings(wanted, ONE_MINUTE))),
    },
    limits,
  );
}

/** Panes of gold.vitals_hourly. A gold row is itself an accumulator, so what is not resident is read from gold. */
export function openHourlyPanes(committed: CommittedState, limits: PaneLimits): HourlyPanes {
  return new Panes(
    {
      windowMillis: ONE_HOUR,
      windowOf: (hour: VitalHour) => hour.window_start,
      keyOf: (hour: VitalHour) => hourKey(hour),
      merge: mergeVitalHours,
      row: vitalsHourlyRow,
      committed: async (wanted) =>
        (await committed.vitalsHourlyPanes(distinctPatientHours(wanted))).map(vitalHourFromRow),
    },
    limits,
  );
}

export function hourKey(hour: { readonly patient_id: string; readonly vital: string }): string {
  return `${hour.patient_id}/${hour.vital}`;
}

/** Without tombstones: what has been withdrawn counts nowhere. */
export function standing<T extends { readonly status: string }>(rows: readonly T[]): T[] {
  return rows.filter((row) => row.status !== 'entered-in-error');
}

function distinctPatientHours(hours: readonly VitalHour[]): { patient_id: string; window_start: number }[] {
  const distinct = new Map(hours.map((hour) => [`${hour.patient_id}/${hour.window_start}`, hour]));
  return [...distinct.values()].map(({ patient_id, window_start }) => ({ patient_id, window_start }));
}
