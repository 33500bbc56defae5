import { DEFAULT_PERSISTENCE, type Persistence } from '../model/calibration/persistence.js';

/** Where the view is committed, below the project's root. */
export const ANOMALY_ALARMS = 'bigquery/views/gold.anomaly_alarms.sql';

const MINUTE_MS = 60_000;
const OF_PATIENT = 'PARTITION BY patient_id ORDER BY ms';

/**
 * The view gold.anomaly_alarms: model/calibration/persistence.ts over patient-minutes. Most readings of a minute are at or above
 * their threshold exactly where the lower median of their scores is (a reading without a score counts as below). A test fails
 * when the committed file differs (npm run render), and another compares what it answers with persistence.ts.
 */
export function renderAnomalyAlarmsView({ k, n, rearmMinutes }: Persistence = DEFAULT_PERSISTENCE): string {
  const rearm = rearmMinutes * MINUTE_MS;
  return `-- Alarms of the model: ${k} of ${n} minutes anomalous, and again after ${rearmMinutes} minutes without (docs/calibration.md).
-- Grain: patient x begin.
CREATE OR REPLACE VIEW gold.anomaly_alarms AS
-- Rendered from model/calibration/persistence.ts by \`npm run render\`: change bigquery/anomaly-alarms-view.ts.
WITH latest AS (
  SELECT *
  FROM gold.patient_summary
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY patient_id, window_start ORDER BY order_key DESC) = 1
),
minutes AS (
  -- A minute is anomalous where most of its readings are: one noisy second is not.
  SELECT
    patient_id,
    ward,
    event_date,
    window_start,
    UNIX_MILLIS(window_start) AS ms,
    MAX(UNIX_MILLIS(window_start)) OVER (PARTITION BY patient_id) AS last_ms,
    anomaly_score,
    IF(2 * anomaly_n > n, 1, 0) AS anomalous
  FROM latest
  WHERE n > 0
),
counted AS (
  SELECT
    *,
    SUM(anomalous) OVER (${OF_PATIENT} RANGE BETWEEN ${(n - 1) * MINUTE_MS} PRECEDING AND CURRENT ROW) AS anomalous_minutes
  FROM minutes
),
persistent AS (
  SELECT
    *,
    LAG(ms) OVER (${OF_PATIENT}) AS ms_before
  FROM counted
  WHERE anomalous_minutes >= ${k}
),
numbered AS (
  SELECT
    *,
    SUM(IF(ms - ms_before <= ${rearm}, 0, 1)) OVER (
      ${OF_PATIENT} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS alarm
  FROM persistent
)
SELECT
  patient_id,
  NULLIF(MIN_BY(COALESCE(ward, ''), IF(ms IS NULL, NULL, ms)), '') AS ward,
  MIN(event_date) AS event_date,
  MIN(window_start) AS raised_at,
  IF(MAX(last_ms) - MAX(ms) > ${rearm}, MAX(window_start), NULL) AS ended_at,
  COUNT(*) AS persistent_minutes,
  MAX(anomaly_score) AS worst_score
FROM numbered
GROUP BY patient_id, alarm;
`;
}
