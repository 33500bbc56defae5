import type { CommittedState } from './committed-state.js';
import type { SilverRow } from '../../../schema/tables/silver-patient-vitals.js';
import { trend } from '../../../transforms/trend.js';
import { ONE_HOUR, ONE_MINUTE, windowStart } from '../../../transforms/window.js';
import { except } from './fold.js';
import { ownerOf } from '../direct/owner.js';
import { patientWindows, restateHours, restateMinutes } from './restate.js';
import type { ShareOptions, SharePaneTable } from './share.js';
import { openHourlyPanes, openSummaryPanes, standing, type HourlyPanes, type SummaryPanes } from './share-panes.js';

export interface SharePanes {
  readonly summaries: SummaryPanes;
  readonly hours: HourlyPanes;
}

/**
 * Opens the panes of a share as they stood after the last committed batch: what silver has got since a table was last
 * fired is dirty again, and will be fired with the next firing.
 */
export async function recoverPanes(options: ShareOptions, committed: CommittedState): Promise<SharePanes> {
  const limitsOf = (windowMillis: number) => ({
    resident: options.residentPanes,
    committedThrough: windowStart(options.committedThrough, windowMillis),
    watermark: options.watermark,
  });
  const summaries = openSummaryPanes(committed, limitsOf(ONE_MINUTE));
  const hours = openHourlyPanes(committed, limitsOf(ONE_HOUR));
  if (options.head > 0) {
    const windows = patientWindows(await unfired('gold.patient_summary', options, committed), ONE_MINUTE);
    if (windows.length > 0) summaries.replace(await restateMinutes(windows, [], committed));
    await recoverHours(await unfired('gold.vitals_hourly', options, committed), committed, hours);
  }
  return { summaries, hours };
}

async function unfired(table: SharePaneTable, options: ShareOptions, committed: CommittedState): Promise<SilverRow[]> {
  const fired = options.fired[table] ?? 0;
  if (fired >= options.head) return [];
  const rows = await committed.silverRowsAfterBatch(fired);
  return rows.filter((row) => ownerOf(row.patient_id, options.of) === options.index);
}

/**
 * Gold has the hours as they were last fired. What silver has got since is merged in, or, where versions met, the hour
 * is computed anew.
 */
async function recoverHours(rows: readonly SilverRow[], committed: CommittedState, hours: HourlyPanes): Promise<void> {
  const revised = patientWindows(
    rows.filter((row) => row.conflict || row.status !== 'final'),
    ONE_HOUR,
  );
  await hours.add(except(revised, trend(standing(rows))));
  if (revised.length > 0) hours.replace(await restateHours(revised, [], committed, hours));
}
