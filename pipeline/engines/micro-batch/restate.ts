import type { CommittedState } from './committed-state.js';
import type { SilverRow } from '../../../schema/tables/silver-patient-vitals.js';
import { VITAL_NAMES } from '../../../schema/vitals.js';
import { emptyPatientMinute, summarize, type PatientMinute } from '../../../transforms/summarize.js';
import { emptyVitalHour, trend, type VitalHour } from '../../../transforms/trend.js';
import { ONE_HOUR, ONE_MINUTE, windowStart } from '../../../transforms/window.js';
import { winnerOf } from './settle.js';
import { hourKey, standing, type HourlyPanes } from './share-panes.js';

export interface PatientWindow {
  readonly patient_id: string;
  readonly window_start: number;
}

/** The patient-windows that rows fall into, each once. */
export function patientWindows(
  rows: Iterable<{ readonly patient_id: string; readonly event_time: number }>,
  windowMillis: number,
): PatientWindow[] {
  const windows = new Map<string, PatientWindow>();
  for (const row of rows) {
    const window = { patient_id: row.patient_id, window_start: windowStart(row.event_time, windowMillis) };
    windows.set(windowKey(window), window);
  }
  return [...windows.values()];
}

export function windowKey(window: PatientWindow): string {
  return `${window.patient_id}/${window.window_start}`;
}

/**
 * Patient-minutes computed anew from current silver and what a batch adds to it. A minute of which nothing stands any
 * more comes out with n = 0: its pane replaces the one before.
 */
export async function restateMinutes(
  windows: readonly PatientWindow[],
  added: readonly SilverRow[],
  lake: CommittedState,
): Promise<PatientMinute[]> {
  const committed = await lake.currentReadings(windows, ONE_MINUTE);
  const minutes = summarize(currentWith(windows, ONE_MINUTE, committed, added));
  const present = new Set(minutes.map(windowKey));
  const empty = windows.filter((window) => !present.has(windowKey(window)));
  return [...minutes, ...empty.map((window) => emptyPatientMinute(window.patient_id, window.window_start))];
}

/** The same for patient-hours; a vital that had a pane and has no reading any more comes out with n = 0. */
export async function restateHours(
  windows: readonly PatientWindow[],
  added: readonly SilverRow[],
  lake: CommittedState,
  panes: HourlyPanes,
): Promise<VitalHour[]> {
  const committed = await lake.currentReadings(windows, ONE_HOUR);
  const hours = trend(currentWith(windows, ONE_HOUR, committed, added));
  const idOf = (hour: PatientWindow & { vital: string }) => `${hour.window_start}/${hourKey(hour)}`;
  const present = new Set(hours.map(idOf));
  const fired = new Set((await lake.vitalsHourlyPanes(windows)).map(idOf));
  const empty = windows.flatMap(({ patient_id, window_start }) =>
    VITAL_NAMES.filter((vital) => {
      const id = idOf({ patient_id, window_start, vital });
      return (
        !present.has(id) && (fired.has(id) || panes.find(window_start, hourKey({ patient_id, vital })) !== undefined)
      );
    }).map((vital) => emptyVitalHour(patient_id, vital, window_start)),
  );
  return [...hours, ...empty];
}

/** Winners among what silver has and what the batch adds, without tombstones. */
function currentWith(
  windows: readonly PatientWindow[],
  windowMillis: number,
  committed: readonly SilverRow[],
  added: readonly SilverRow[],
): SilverRow[] {
  const wanted = new Set(windows.map(windowKey));
  const versions = new Map<string, SilverRow[]>();
  for (const row of [...committed, ...added]) {
    const window = { patient_id: row.patient_id, window_start: windowStart(row.event_time, windowMillis) };
    if (!wanted.has(windowKey(window))) continue;
    const others = versions.get(row.reading_id);
    if (others) others.push(row);
    else versions.set(row.reading_id, [row]);
  }
  return standing([...versions.values()].map(winnerOf));
}
