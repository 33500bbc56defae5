import type { CommittedState } from './committed-state.js';
import { summarize } from '../../../transforms/summarize.js';
import { trend } from '../../../transforms/trend.js';
import { ONE_HOUR, ONE_MINUTE } from '../../../transforms/window.js';
import { patientWindows, restateHours, restateMinutes, windowKey, type PatientWindow } from './restate.js';
import type { GraphOutcome } from './graph-outcome.js';
import type { Settlement } from './settle.js';
import type { HourlyPanes, SummaryPanes } from './share-panes.js';

/**
 * Folds a settled batch into the open panes.
 *
 * Where nothing was disputed the graph's partial aggregates are merged as they are. For patients with repeats they are
 * made again without them; for readings with several versions the panes of their patient and window are computed anew
 * from current silver, because a value cannot be taken out of a minimum.
 */
export async function fold(
  outcome: GraphOutcome,
  settled: Settlement,
  committed: CommittedState,
  summaries: SummaryPanes,
  hours: HourlyPanes,
): Promise<void> {
  const { disputed, disputedPatients, revisions, rows } = settled;
  if (disputed.size === 0) {
    await summaries.add(outcome.minutes);
    await hours.add(outcome.hours);
    return;
  }
  const undisputed = (partial: PatientWindow) => !disputedPatients.has(partial.patient_id);
  const again = rows.filter(
    (row) => disputedPatients.has(row.patient_id) && !disputed.has(row.reading_id) && row.status !== 'entered-in-error',
  );
  const minutes = patientWindows(revisions, ONE_MINUTE);
  const patientHours = patientWindows(revisions, ONE_HOUR);
  await summaries.add(except(minutes, [...outcome.minutes.filter(undisputed), ...summarize(again)]));
  await hours.add(except(patientHours, [...outcome.hours.filter(undisputed), ...trend(again)]));
  if (revisions.length === 0) return;
  summaries.replace(await restateMinutes(minutes, rows, committed));
  hours.replace(await restateHours(patientHours, rows, committed, hours));
}

/** Leaves out partial aggregates of windows that are computed anew. */
export function except<T extends PatientWindow>(windows: readonly PatientWindow[], partials: readonly T[]): T[] {
  const restated = new Set(windows.map(windowKey));
  return partials.filter((partial) => !restated.has(windowKey(partial)));
}
