import type { LakeSnapshot } from '../../lake/reader.js';
import type { Database } from '../database.js';
import { comparePanes, describeBroken } from './compare-panes.js';
import { count, counts } from './invariant.js';
import { describeRepeated, findRepeatedPanes, latestPanesIn } from './latest-panes.js';
import { GOLD_WARD_ALERTS_HOURLY } from '../../schema/tables/gold-ward-alerts-hourly.js';
import { slicesOf } from '../slices.js';
import { firedUpTo } from './unfired.js';
import { REPEATED, WINNERS } from '../versions.js';

/** Alerts that stand, once they are collected: few beside the readings. */
const STANDING = 'scratch.standing_alerts';
const HOUR = 3_600_000;

/** What the checks of alerts came to. */
export interface CheckedAlerts {
  readonly checked: number;
  readonly problems: readonly string[];
}

/**
 * Alerts against silver and ward counts against alerts: each alert that stands is of a current reading that was not
 * withdrawn, with its patient and time; no alert has one order key twice; and each ward, rule, severity and hour counts
 * the alerts that stand.
 */
export async function checkAlerts(database: Database, snapshot: LakeSnapshot): Promise<CheckedAlerts> {
  await database.run(
    `CREATE OR REPLACE TABLE ${STANDING} AS
     SELECT alert_id, reading_id, patient_id, event_time, rule, severity, coalesce(ward, 'unknown') AS ward,
       epoch_ms(event_time) // ${HOUR} * ${HOUR} AS ms
     FROM gold.alerts SEMI JOIN (SELECT alert_id, max(order_key) AS order_key FROM gold.alerts GROUP BY alert_id)
       USING (alert_id, order_key)
     WHERE state = 'raised'`,
  );
  const readings = await checkReadings(database);
  const wards = await checkWards(database, snapshot);
  return { checked: readings.checked + wards.checked, problems: [...readings.problems, ...wards.problems] };
}

async function checkReadings(database: Database): Promise<CheckedAlerts> {
  const columns = 'reading_id, patient_id, event_time, status';
  const current = `(
    SELECT ${columns} FROM silver.patient_vitals SEMI JOIN ${STANDING} USING (reading_id) ANTI JOIN ${REPEATED} USING (reading_id)
    UNION ALL SELECT ${columns} FROM ${WINNERS} SEMI JOIN ${STANDING} USING (reading_id))`;
  const found = await counts<'n' | 'astray'>(
    database,
    `SELECT count(*) AS n, count(*) FILTER (WHERE r.reading_id IS NULL) AS astray
     FROM ${STANDING} LEFT JOIN (FROM ${current} WHERE status <> 'entered-in-error') r
       USING (reading_id, patient_id, event_time)`,
  );
  const repeats = await counts<'n'>(
    database,
    'SELECT count(*) AS n FROM (SELECT 1 FROM gold.alerts GROUP BY alert_id, order_key HAVING count(*) > 1)',
  );
  const problems: string[] = [];
  if (found.astray > 0)
    problems.push(`gold.alerts: ${count(found.astray, 'standing alert')} without its current reading`);
  if (repeats.n > 0) problems.push(`gold.alerts: ${count(repeats.n, 'order key')} twice for one alert`);
  return { checked: found.n, problems };
}

async function checkWards(database: Database, snapshot: LakeSnapshot): Promise<CheckedAlerts> {
  const keys = ['ward', 'rule', 'severity', 'ms'];
  const fired = firedUpTo(snapshot, 'gold.ward_alerts_hourly');
  const whole = { from: 0, to: 0 };
  const slices = slicesOf(snapshot, [GOLD_WARD_ALERTS_HOURLY]);
  const slice = slices.reduce(
    (all, one) => ({ from: Math.min(all.from, one.from), to: Math.max(all.to, one.to) }),
    slices[0] ?? whole,
  );
  const compared = await comparePanes(database, {
    expected: `(SELECT ${keys.join(', ')}, count(*) AS n FROM ${STANDING} GROUP BY ALL)`,
    found: latestPanesIn(snapshot, GOLD_WARD_ALERTS_HOURLY, slice),
    keys,
    exact: ['n'],
    sums: [],
    unfired: `(
      SELECT DISTINCT coalesce(ward, 'unknown') AS ward, rule, severity, epoch_ms(event_time) // ${HOUR} * ${HOUR} AS ms
      FROM gold.alerts WHERE alert_id IN (SELECT alert_id FROM gold.alerts WHERE batch > ${fired}))`,
    unfiredKeys: keys,
  });
  const repeated = await findRepeatedPanes(database, snapshot, GOLD_WARD_ALERTS_HOURLY, slice);
  return {
    checked: compared.checked,
    problems: [
      ...describeBroken('gold.ward_alerts_hourly', compared),
      ...describeRepeated(GOLD_WARD_ALERTS_HOURLY, repeated),
    ],
  };
}
