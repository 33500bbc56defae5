import { qualifiedName, type Table } from '../../schema/column.js';
import { GOLD_PATIENT_SUMMARY } from '../../schema/tables/gold-patient-summary.js';
import { GOLD_VITALS_HOURLY } from '../../schema/tables/gold-vitals-hourly.js';
import { SILVER_PATIENT_VITALS } from '../../schema/tables/silver-patient-vitals.js';
import { slicesOf } from '../slices.js';
import { addCompared, comparePanes, describeBroken, NOTHING_COMPARED, type Comparison } from './compare-panes.js';
import { currentReadingsIn } from './current-readings.js';
import { count, resultOf, type AuditContext, type InvariantResult } from './invariant.js';
import { describeRepeated, findRepeatedPanes, latestPanesIn } from './latest-panes.js';
import { HOURLY_EXACT, HOURLY_SUMS, hourlyOf } from './recompute-hourly.js';
import { SUMMARY_EXACT, SUMMARY_SUMS, summaryOf } from './recompute-summary.js';
import { checkAlerts } from './standing-alerts.js';
import { collectUnfired, firedUpTo, UNFIRED_READINGS } from './unfired.js';

/** A pane table that is recomputed from current readings. */
interface Recomputed {
  readonly table: Table;
  readonly windowMillis: number;
  readonly keys: readonly string[];
  readonly exact: readonly string[];
  readonly sums: readonly string[];
  /** The relation that the table should hold. */
  readonly recompute: (readings: string) => string;
  /** Columns of the found panes by the names of the recomputed ones. */
  readonly found: (panes: string) => string;
}

const RECOMPUTED: readonly Recomputed[] = [
  {
    table: GOLD_PATIENT_SUMMARY,
    windowMillis: 60_000,
    keys: ['patient_id', 'ms'],
    exact: SUMMARY_EXACT,
    sums: SUMMARY_SUMS,
    recompute: summaryOf,
    found: (panes) => panes,
  },
  {
    table: GOLD_VITALS_HOURLY,
    windowMillis: 3_600_000,
    keys: ['patient_id', 'vital', 'ms'],
    exact: HOURLY_EXACT,
    sums: HOURLY_SUMS,
    recompute: hourlyOf,
    found: (panes) => `(SELECT *, epoch_ms(last_event_time) AS last_ms FROM ${panes})`,
  },
];

/**
 * I4: gold = recompute(silver), by SQL that shares nothing with the pipeline's code. On a live lake, windows that a later
 * batch than the last one fired touches are left out. Slice by slice of event time, so that memory stays bounded.
 */
export async function checkGold(context: AuditContext): Promise<InvariantResult> {
  const problems: string[] = [];
  let checked = 0;
  for (const recomputed of RECOMPUTED) {
    const outcome = await checkPanes(context, recomputed);
    checked += outcome.checked;
    problems.push(...outcome.problems);
  }
  const alerts = await checkAlerts(context.database, context.snapshot);
  problems.push(...alerts.problems);
  checked += alerts.checked;
  return resultOf(
    'I4',
    checked,
    problems,
    `${count(checked, 'window and alert', 'windows and alerts')} as recomputed from silver`,
  );
}

async function checkPanes(
  { database, snapshot }: AuditContext,
  recomputed: Recomputed,
): Promise<{ readonly checked: number; readonly problems: readonly string[] }> {
  const { table, windowMillis, keys, exact, sums } = recomputed;
  const name = qualifiedName(table);
  await collectUnfired(database, snapshot, firedUpTo(snapshot, name));
  let compared = NOTHING_COMPARED;
  let repeated = 0;
  for (const slice of slicesOf(snapshot, [SILVER_PATIENT_VITALS, table])) {
    const comparison: Comparison = {
      expected: recomputed.recompute(currentReadingsIn(snapshot, slice)),
      found: recomputed.found(latestPanesIn(snapshot, table, slice)),
      keys,
      exact,
      sums,
      unfired: `(SELECT DISTINCT patient_id, ms // ${windowMillis} * ${windowMillis} AS ms FROM ${UNFIRED_READINGS})`,
      unfiredKeys: ['patient_id', 'ms'],
    };
    compared = addCompared(compared, await comparePanes(database, comparison));
    repeated += await findRepeatedPanes(database, snapshot, table, slice);
  }
  return {
    checked: compared.checked,
    problems: [...describeBroken(name, compared), ...describeRepeated(table, repeated)],
  };
}
