-- Alarms of the model: 3 of 5 minutes anomalous, and again after 30 minutes without (docs/calibration.md).
-- Grain: patient x begin.
CREATE OR REPLACE VIEW gold.anomaly_alarms AS
-- Rendered from model/calibration/persistence.ts by `npm run render`: change bigquery/anomaly-alarms-view.ts.
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
    SUM(anomalous) OVER (PARTITION BY patient_id ORDER BY ms RANGE BETWEEN 240000 PRECEDING AND CURRENT ROW) AS anomalous_minutes
  FROM minutes
),
persistent AS (
  SELECT
    *,
    LAG(ms) OVER (PARTITION BY patient_id ORDER BY ms) AS ms_before
  FROM counted
  WHERE anomalous_minutes >= 3
),
numbered AS (
  SELECT
    *,
    SUM(IF(ms - ms_before <= 1800000, 0, 1)) OVER (
      PARTITION BY patient_id ORDER BY ms ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS alarm
  FROM persistent
)
SELECT
  patient_id,
  NULLIF(MIN_BY(COALESCE(ward, ''), IF(ms IS NULL, NULL, ms)), '') AS ward,
  MIN(event_date) AS event_date,
  MIN(window_start) AS raised_at,
  IF(MAX(last_ms) - MAX(ms) > 1800000, MAX(window_start), NULL) AS ended_at,
  COUNT(*) AS persistent_minutes,
  MAX(anomaly_score) AS worst_score
FROM numbered
GROUP BY patient_id, alarm;
