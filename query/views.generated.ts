// Rendered from bigquery/views/ by `npm run render`: change the views, not this file.
import type { DuckDbView } from './duckdb-view.js';

/** The views of the lake in the dialect of DuckDB, each after the views that it reads. */
export const VIEWS: readonly DuckDbView[] = [
  {
    name: 'gold.current_alerts',
    kind: 'logical',
    description: 'Alerts that stand: the latest row of each alert, unless it withdraws it.',
    grain: 'alert.',
    sql: `WITH latest AS (
  SELECT
    *
  FROM gold.alerts
  WHERE
    TRUE
  QUALIFY
    ROW_NUMBER() OVER (PARTITION BY patient_id, alert_id ORDER BY order_key DESC) = 1
)
SELECT
  *
FROM latest
WHERE
  state = 'raised'`,
  },
  {
    name: 'gold.alert_episodes',
    kind: 'logical',
    description:
      'Alerts of one patient and rule that follow each other within 15 minutes, joined into episodes (gaps and islands).',
    grain: 'patient x rule x episode (numbered from 1 in order of time).',
    sql: `WITH marked AS (
  SELECT
    event_date,
    patient_id,
    rule,
    ward,
    alert_id,
    event_time,
    CASE severity WHEN 'critical' THEN 3 WHEN 'urgent' THEN 2 ELSE 1 END AS severity_rank,
    CASE
      WHEN EPOCH_MS(event_time) - EPOCH_MS(
        LAG(event_time) OVER (PARTITION BY patient_id, rule ORDER BY event_time NULLS FIRST, alert_id NULLS FIRST)
      ) <= 900000
      THEN 0
      ELSE 1
    END AS starts
  FROM gold.current_alerts
), numbered AS (
  SELECT
    *,
    CAST(SUM(starts) OVER (PARTITION BY patient_id, rule ORDER BY event_time NULLS FIRST, alert_id NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT) AS episode
  FROM marked
)
SELECT
  patient_id,
  rule,
  episode,
  MIN(event_date) AS event_date,
  MIN(event_time) AS started_at,
  MAX(event_time) AS ended_at,
  CAST((
    EPOCH_MS(MAX(event_time)) - EPOCH_MS(MIN(event_time))
  ) / 1000 AS DOUBLE) AS duration_seconds,
  COUNT(*) AS alerts,
  CASE MAX(severity_rank) WHEN 3 THEN 'critical' WHEN 2 THEN 'urgent' ELSE 'warning' END AS severity,
  NULLIF(
    ARG_MAX_NULL(COALESCE(ward, ''), CONCAT(LPAD(CAST(EPOCH_MS(event_time) AS TEXT), 16, '0'), alert_id)),
    ''
  ) AS ward
FROM numbered
GROUP BY
  patient_id,
  rule,
  episode`,
  },
  {
    name: 'silver.current_patient_vitals',
    kind: 'logical',
    description: 'Current version of each reading; a reading that was withdrawn shows with status entered-in-error.',
    grain: 'reading (reading_id).',
    sql: `SELECT
  *
FROM silver.patient_vitals
WHERE
  TRUE
QUALIFY
  ROW_NUMBER() OVER (PARTITION BY patient_id, reading_id ORDER BY CASE status WHEN 'entered-in-error' THEN 2 WHEN 'corrected' THEN 1 ELSE 0 END DESC, sent_time DESC NULLS LAST, content_hash DESC) = 1`,
  },
  {
    name: 'gold.carried_forward_news2',
    kind: 'logical',
    description:
      'NEWS2 of each patient from the last known value of every parameter, with the age of each: what is too old is missing.',
    grain: 'patient, as of the last current reading.',
    sql: `WITH readings AS (
  SELECT
    *,
    CONCAT(LPAD(CAST(EPOCH_MS(event_time) AS TEXT), 16, '0'), reading_id) AS position
  FROM silver.current_patient_vitals
  WHERE
    status <> 'entered-in-error'
), last_known AS (
  SELECT
    patient_id,
    MAX(event_time) AS as_of,
    ARG_MAX_NULL(ward, IF(ward IS NULL, NULL, position)) AS ward,
    NULLIF(ARG_MAX_NULL(COALESCE(news2_reason, ''), position), '') AS news2_reason,
    COALESCE(ARG_MAX_NULL(spo2_scale, IF(spo2_scale IS NULL, NULL, position)), 1) AS spo2_scale,
    ARG_MAX_NULL(respiratory_rate, IF(respiratory_rate IS NULL, NULL, position)) AS respiratory_rate,
    MAX(IF(respiratory_rate IS NULL, NULL, event_time)) AS respiratory_rate_time,
    ARG_MAX_NULL(spo2, IF(spo2 IS NULL, NULL, position)) AS spo2,
    MAX(IF(spo2 IS NULL, NULL, event_time)) AS spo2_time,
    ARG_MAX_NULL(supplemental_oxygen, IF(supplemental_oxygen IS NULL, NULL, position)) AS supplemental_oxygen,
    MAX(IF(supplemental_oxygen IS NULL, NULL, event_time)) AS supplemental_oxygen_time,
    ARG_MAX_NULL(systolic_bp, IF(systolic_bp IS NULL, NULL, position)) AS systolic_bp,
    MAX(IF(systolic_bp IS NULL, NULL, event_time)) AS systolic_bp_time,
    ARG_MAX_NULL(heart_rate, IF(heart_rate IS NULL, NULL, position)) AS heart_rate,
    MAX(IF(heart_rate IS NULL, NULL, event_time)) AS heart_rate_time,
    ARG_MAX_NULL(consciousness, IF(consciousness IS NULL, NULL, position)) AS consciousness,
    MAX(IF(consciousness IS NULL, NULL, event_time)) AS consciousness_time,
    ARG_MAX_NULL(temperature, IF(temperature IS NULL, NULL, position)) AS temperature,
    MAX(IF(temperature IS NULL, NULL, event_time)) AS temperature_time
  FROM readings
  GROUP BY
    patient_id
), aged AS (
  SELECT
    *,
    (
      EPOCH_MS(as_of) - EPOCH_MS(respiratory_rate_time)
    ) / 1000 AS respiratory_rate_age_seconds,
    (
      EPOCH_MS(as_of) - EPOCH_MS(spo2_time)
    ) / 1000 AS spo2_age_seconds,
    (
      EPOCH_MS(as_of) - EPOCH_MS(supplemental_oxygen_time)
    ) / 1000 AS supplemental_oxygen_age_seconds,
    (
      EPOCH_MS(as_of) - EPOCH_MS(systolic_bp_time)
    ) / 1000 AS systolic_bp_age_seconds,
    (
      EPOCH_MS(as_of) - EPOCH_MS(heart_rate_time)
    ) / 1000 AS heart_rate_age_seconds,
    (
      EPOCH_MS(as_of) - EPOCH_MS(consciousness_time)
    ) / 1000 AS consciousness_age_seconds,
    (
      EPOCH_MS(as_of) - EPOCH_MS(temperature_time)
    ) / 1000 AS temperature_age_seconds
  FROM last_known
), carried AS (
  SELECT
    patient_id,
    as_of,
    ward,
    news2_reason,
    spo2_scale,
    respiratory_rate_age_seconds,
    IF(respiratory_rate_age_seconds <= 3600, respiratory_rate, NULL) AS respiratory_rate,
    spo2_age_seconds,
    IF(spo2_age_seconds <= 3600, spo2, NULL) AS spo2,
    supplemental_oxygen_age_seconds,
    IF(supplemental_oxygen_age_seconds <= 14400, supplemental_oxygen, NULL) AS supplemental_oxygen,
    systolic_bp_age_seconds,
    IF(systolic_bp_age_seconds <= 14400, systolic_bp, NULL) AS systolic_bp,
    heart_rate_age_seconds,
    IF(heart_rate_age_seconds <= 3600, heart_rate, NULL) AS heart_rate,
    consciousness_age_seconds,
    IF(consciousness_age_seconds <= 14400, consciousness, NULL) AS consciousness,
    temperature_age_seconds,
    IF(temperature_age_seconds <= 14400, temperature, NULL) AS temperature
  FROM aged
), scored AS (
  SELECT
    *,
    CASE
      WHEN respiratory_rate <= 8
      THEN 3
      WHEN respiratory_rate <= 11
      THEN 1
      WHEN respiratory_rate <= 20
      THEN 0
      WHEN respiratory_rate <= 24
      THEN 2
      WHEN respiratory_rate IS NOT NULL
      THEN 3
    END AS respiratory_rate_points,
    CASE
      WHEN spo2 IS NULL
      THEN NULL
      WHEN spo2_scale = 2 AND spo2 <= 83
      THEN 3
      WHEN spo2_scale = 2 AND spo2 <= 85
      THEN 2
      WHEN spo2_scale = 2 AND spo2 <= 87
      THEN 1
      WHEN spo2_scale = 2 AND (
        spo2 <= 92 OR supplemental_oxygen IS NOT TRUE
      )
      THEN 0
      WHEN spo2_scale = 2 AND spo2 <= 94
      THEN 1
      WHEN spo2_scale = 2 AND spo2 <= 96
      THEN 2
      WHEN spo2_scale = 2
      THEN 3
      WHEN spo2 <= 91
      THEN 3
      WHEN spo2 <= 93
      THEN 2
      WHEN spo2 <= 95
      THEN 1
      ELSE 0
    END AS spo2_points_least,
    CASE
      WHEN spo2 IS NULL
      THEN NULL
      WHEN spo2_scale = 2 AND spo2 <= 83
      THEN 3
      WHEN spo2_scale = 2 AND spo2 <= 85
      THEN 2
      WHEN spo2_scale = 2 AND spo2 <= 87
      THEN 1
      WHEN spo2_scale = 2 AND (
        spo2 <= 92 OR supplemental_oxygen IS FALSE
      )
      THEN 0
      WHEN spo2_scale = 2 AND spo2 <= 94
      THEN 1
      WHEN spo2_scale = 2 AND spo2 <= 96
      THEN 2
      WHEN spo2_scale = 2
      THEN 3
      WHEN spo2 <= 91
      THEN 3
      WHEN spo2 <= 93
      THEN 2
      WHEN spo2 <= 95
      THEN 1
      ELSE 0
    END AS spo2_points_most,
    CASE
      WHEN systolic_bp <= 90
      THEN 3
      WHEN systolic_bp <= 100
      THEN 2
      WHEN systolic_bp <= 110
      THEN 1
      WHEN systolic_bp <= 219
      THEN 0
      WHEN systolic_bp IS NOT NULL
      THEN 3
    END AS systolic_bp_points,
    CASE
      WHEN heart_rate <= 40
      THEN 3
      WHEN heart_rate <= 50
      THEN 1
      WHEN heart_rate <= 90
      THEN 0
      WHEN heart_rate <= 110
      THEN 1
      WHEN heart_rate <= 130
      THEN 2
      WHEN heart_rate IS NOT NULL
      THEN 3
    END AS heart_rate_points,
    CASE WHEN consciousness = 'A' THEN 0 WHEN consciousness IS NOT NULL THEN 3 END AS consciousness_points,
    CASE
      WHEN FLOOR((
        ROUND(temperature * 100) + 5
      ) / 10) <= 350
      THEN 3
      WHEN FLOOR((
        ROUND(temperature * 100) + 5
      ) / 10) <= 360
      THEN 1
      WHEN FLOOR((
        ROUND(temperature * 100) + 5
      ) / 10) <= 380
      THEN 0
      WHEN FLOOR((
        ROUND(temperature * 100) + 5
      ) / 10) <= 390
      THEN 1
      WHEN temperature IS NOT NULL
      THEN 2
    END AS temperature_points
  FROM carried
), bounds AS (
  SELECT
    *,
    COALESCE(respiratory_rate_points, 0) + COALESCE(spo2_points_least, 0) + COALESCE(systolic_bp_points, 0) + COALESCE(heart_rate_points, 0) + COALESCE(consciousness_points, 0) + COALESCE(temperature_points, 0) + IF(supplemental_oxygen IS TRUE, 2, 0) AS total_low,
    COALESCE(respiratory_rate_points, 3) + COALESCE(spo2_points_most, 3) + COALESCE(systolic_bp_points, 3) + COALESCE(heart_rate_points, 3) + COALESCE(consciousness_points, 3) + COALESCE(temperature_points, 3) + IF(supplemental_oxygen IS FALSE, 0, 2) AS total_high,
    CASE
      WHEN COALESCE(respiratory_rate_points, 0) IS NULL OR COALESCE(spo2_points_least, 0) IS NULL OR COALESCE(systolic_bp_points, 0) IS NULL OR COALESCE(heart_rate_points, 0) IS NULL OR COALESCE(consciousness_points, 0) IS NULL OR COALESCE(temperature_points, 0) IS NULL
      THEN NULL
      ELSE GREATEST(
        COALESCE(respiratory_rate_points, 0),
        COALESCE(spo2_points_least, 0),
        COALESCE(systolic_bp_points, 0),
        COALESCE(heart_rate_points, 0),
        COALESCE(consciousness_points, 0),
        COALESCE(temperature_points, 0)
      )
    END = 3 AS red_certain,
    CASE
      WHEN COALESCE(respiratory_rate_points, 3) IS NULL OR COALESCE(spo2_points_most, 3) IS NULL OR COALESCE(systolic_bp_points, 3) IS NULL OR COALESCE(heart_rate_points, 3) IS NULL OR COALESCE(consciousness_points, 3) IS NULL OR COALESCE(temperature_points, 3) IS NULL
      THEN NULL
      ELSE GREATEST(
        COALESCE(respiratory_rate_points, 3),
        COALESCE(spo2_points_most, 3),
        COALESCE(systolic_bp_points, 3),
        COALESCE(heart_rate_points, 3),
        COALESCE(consciousness_points, 3),
        COALESCE(temperature_points, 3)
      )
    END = 3 AS red_possible
  FROM scored
)
SELECT
  patient_id,
  as_of,
  ward,
  spo2_scale,
  respiratory_rate,
  respiratory_rate_age_seconds,
  spo2,
  spo2_age_seconds,
  supplemental_oxygen,
  supplemental_oxygen_age_seconds,
  systolic_bp,
  systolic_bp_age_seconds,
  heart_rate,
  heart_rate_age_seconds,
  consciousness,
  consciousness_age_seconds,
  temperature,
  temperature_age_seconds,
  IF(news2_reason IS NULL, total_low, NULL) AS news2_low,
  IF(news2_reason IS NULL, total_high, NULL) AS news2_high,
  CASE
    WHEN news2_reason IS NOT NULL
    THEN NULL
    WHEN total_low >= 7
    THEN 'high'
    WHEN total_low >= 5
    THEN 'medium'
    WHEN red_certain
    THEN 'low-medium'
    ELSE 'low'
  END AS news2_band_low,
  CASE
    WHEN news2_reason IS NOT NULL
    THEN NULL
    WHEN total_high >= 7
    THEN 'high'
    WHEN total_high >= 5
    THEN 'medium'
    WHEN red_possible
    THEN 'low-medium'
    ELSE 'low'
  END AS news2_band_high,
  NULLIF(
    ARRAY_TO_STRING(
      [
        IF(respiratory_rate IS NULL, 'respiratory_rate', NULL),
        IF(spo2 IS NULL, 'spo2', NULL),
        IF(supplemental_oxygen IS NULL, 'supplemental_oxygen', NULL),
        IF(systolic_bp IS NULL, 'systolic_bp', NULL),
        IF(heart_rate IS NULL, 'heart_rate', NULL),
        IF(consciousness IS NULL, 'consciousness', NULL),
        IF(temperature IS NULL, 'temperature', NULL)
      ],
      ','
    ),
    ''
  ) AS news2_missing,
  news2_reason
FROM bounds`,
  },
  {
    name: 'gold.patient_risk_scores',
    kind: 'materialized',
    description:
      'Risk of each patient by the minute: worst NEWS2, worst anomaly and last vital signs; the latest pane is the truth.',
    grain: 'patient x minute of event time.',
    sql: `SELECT
  event_date,
  patient_id,
  window_start,
  ARG_MAX_NULL(n, order_key) AS n,
  ARG_MAX_NULL(ward IS NOT NULL, order_key) AS has_ward,
  ARG_MAX_NULL(ward, order_key) AS ward,
  ARG_MAX_NULL(news2_low IS NOT NULL, order_key) AS has_news2,
  ARG_MAX_NULL(news2_low, order_key) AS news2_low,
  ARG_MAX_NULL(news2_high, order_key) AS news2_high,
  ARG_MAX_NULL(risk_band, order_key) AS risk_band,
  ARG_MAX_NULL(news2_missing IS NOT NULL, order_key) AS has_news2_missing,
  ARG_MAX_NULL(news2_missing, order_key) AS news2_missing,
  ARG_MAX_NULL(anomaly_score IS NOT NULL, order_key) AS has_anomaly_score,
  ARG_MAX_NULL(anomaly_score, order_key) AS anomaly_score,
  ARG_MAX_NULL(anomaly_top IS NOT NULL, order_key) AS has_anomaly_top,
  ARG_MAX_NULL(anomaly_top, order_key) AS anomaly_top,
  ARG_MAX_NULL(anomaly_n, order_key) AS anomaly_n,
  ARG_MAX_NULL(heart_rate_n, order_key) AS heart_rate_n,
  ARG_MAX_NULL(heart_rate_last, order_key) AS heart_rate,
  ARG_MAX_NULL(respiratory_rate_n, order_key) AS respiratory_rate_n,
  ARG_MAX_NULL(respiratory_rate_last, order_key) AS respiratory_rate,
  ARG_MAX_NULL(spo2_n, order_key) AS spo2_n,
  ARG_MAX_NULL(spo2_last, order_key) AS spo2,
  ARG_MAX_NULL(systolic_bp_n, order_key) AS systolic_bp_n,
  ARG_MAX_NULL(systolic_bp_last, order_key) AS systolic_bp,
  ARG_MAX_NULL(diastolic_bp_n, order_key) AS diastolic_bp_n,
  ARG_MAX_NULL(diastolic_bp_last, order_key) AS diastolic_bp,
  ARG_MAX_NULL(mean_bp_n, order_key) AS mean_bp_n,
  ARG_MAX_NULL(mean_bp_last, order_key) AS mean_bp,
  ARG_MAX_NULL(temperature_n, order_key) AS temperature_n,
  ARG_MAX_NULL(temperature_last, order_key) AS temperature,
  ARG_MAX_NULL(glucose_n, order_key) AS glucose_n,
  ARG_MAX_NULL(glucose_last, order_key) AS glucose
FROM gold.patient_summary
GROUP BY
  event_date,
  patient_id,
  window_start`,
  },
  {
    name: 'gold.patient_risk_by_minute',
    kind: 'logical',
    description: 'Risk of each patient by the minute, each value only where the latest pane holds one.',
    grain: 'patient x minute of event time that holds a reading.',
    sql: `SELECT
  event_date,
  patient_id,
  window_start,
  n,
  IF(has_ward, ward, NULL) AS ward,
  IF(has_news2, news2_low, NULL) AS news2_low,
  IF(has_news2, news2_high, NULL) AS news2_high,
  IF(has_news2_missing, news2_missing, NULL) AS news2_missing,
  IF(has_news2, risk_band, NULL) AS risk_band,
  IF(has_anomaly_score, anomaly_score, NULL) AS anomaly_score,
  IF(has_anomaly_top, anomaly_top, NULL) AS anomaly_top,
  anomaly_n,
  IF(heart_rate_n > 0, heart_rate, NULL) AS heart_rate,
  IF(respiratory_rate_n > 0, respiratory_rate, NULL) AS respiratory_rate,
  IF(spo2_n > 0, spo2, NULL) AS spo2,
  IF(systolic_bp_n > 0, systolic_bp, NULL) AS systolic_bp,
  IF(diastolic_bp_n > 0, diastolic_bp, NULL) AS diastolic_bp,
  IF(mean_bp_n > 0, mean_bp, NULL) AS mean_bp,
  IF(temperature_n > 0, temperature, NULL) AS temperature,
  IF(glucose_n > 0, glucose, NULL) AS glucose
FROM gold.patient_risk_scores
WHERE
  n > 0`,
  },
  {
    name: 'gold.patient_latest_risk',
    kind: 'logical',
    description: 'Latest minute of each patient that holds a reading: risk, anomaly and vital signs now.',
    grain: 'patient.',
    sql: `SELECT
  *
FROM gold.patient_risk_by_minute
WHERE
  TRUE
QUALIFY
  ROW_NUMBER() OVER (PARTITION BY patient_id ORDER BY window_start DESC) = 1`,
  },
  {
    name: 'gold.vital_signs_hourly_trend',
    kind: 'materialized',
    description: 'Hourly trend of each vital sign of each patient: the latest pane of each hour is the truth.',
    grain: 'patient x vital x hour of event time.',
    sql: `SELECT
  event_date,
  patient_id,
  vital,
  window_start,
  ARG_MAX_NULL(n, order_key) AS n,
  ARG_MAX_NULL(ward IS NOT NULL, order_key) AS has_ward,
  ARG_MAX_NULL(ward, order_key) AS ward,
  ARG_MAX_NULL(sum_value, order_key) AS sum_value,
  ARG_MAX_NULL(min_value, order_key) AS min_value,
  ARG_MAX_NULL(max_value, order_key) AS max_value,
  ARG_MAX_NULL(last_event_time, order_key) AS last_event_time
FROM gold.vitals_hourly
GROUP BY
  event_date,
  patient_id,
  vital,
  window_start`,
  },
  {
    name: 'gold.vital_signs_hourly_average',
    kind: 'logical',
    description: 'Hourly average of each vital sign of each patient, with its count and extremes.',
    grain: 'patient x vital x hour of event time that holds at least one value.',
    sql: `SELECT
  event_date,
  patient_id,
  vital,
  window_start,
  IF(has_ward, ward, NULL) AS ward,
  n,
  CASE WHEN n <> 0 THEN sum_value / n ELSE NULL END AS average_value,
  min_value,
  max_value,
  last_event_time
FROM gold.vital_signs_hourly_trend
WHERE
  n > 0`,
  },
  {
    name: 'gold.ward_alert_counts',
    kind: 'materialized',
    description: 'Alerts that stand (raised and not withdrawn), counted: the latest pane of each hour is the truth.',
    grain: 'ward x rule x severity x hour of event time.',
    sql: `SELECT
  event_date,
  ward,
  rule,
  severity,
  window_start,
  ARG_MAX_NULL(n, order_key) AS n
FROM gold.ward_alerts_hourly
GROUP BY
  event_date,
  ward,
  rule,
  severity,
  window_start`,
  },
];
