// Rendered from bigquery/views/ by `npm run render`: change the views, not this file.
import type { DuckDbView } from './duckdb-view.js';

/** The views of the lake in the dialect of DuckDB, each after the views that it reads. */
export const VIEWS: readonly DuckDbView[] = [
  {
    name: 'gold.alarms',
    kind: 'logical',
    description:
      'Alarms by the rules of the set standard, version 1, with delay, hysteresis and re-arm (docs/alarms.md).',
    grain: 'patient x rule x onset.',
    sql: `WITH latest AS (
  SELECT
    *
  FROM gold.patient_summary
  WHERE
    TRUE
  QUALIFY
    ROW_NUMBER() OVER (PARTITION BY patient_id, window_start ORDER BY order_key DESC) = 1
), minutes AS (
  SELECT
    *,
    EPOCH_MS(window_start) AS ms,
    MAX(EPOCH_MS(window_start)) OVER (PARTITION BY patient_id) AS last_ms
  FROM latest
  WHERE
    n > 0
), signals AS (
  SELECT
    patient_id,
    ward,
    event_date,
    window_start,
    ms,
    last_ms,
    'asystole' AS rule,
    'critical' AS severity,
    FALSE AS above,
    CAST(heart_rate_min AS DOUBLE) AS least,
    CAST(heart_rate_max AS DOUBLE) AS greatest,
    heart_rate_max <= 0 AS beyond,
    heart_rate_min >= 10 AS safe,
    0 AS delay_ms,
    10000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE
    heart_rate_min IS NOT NULL
  UNION ALL
  SELECT
    patient_id,
    ward,
    event_date,
    window_start,
    ms,
    last_ms,
    'bradycardia' AS rule,
    'urgent' AS severity,
    FALSE AS above,
    CAST(heart_rate_min AS DOUBLE) AS least,
    CAST(heart_rate_max AS DOUBLE) AS greatest,
    heart_rate_max <= 40 AS beyond,
    heart_rate_min >= 45 AS safe,
    19000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE
    heart_rate_min IS NOT NULL
  UNION ALL
  SELECT
    patient_id,
    ward,
    event_date,
    window_start,
    ms,
    last_ms,
    'tachycardia' AS rule,
    'urgent' AS severity,
    TRUE AS above,
    CAST(heart_rate_min AS DOUBLE) AS least,
    CAST(heart_rate_max AS DOUBLE) AS greatest,
    heart_rate_min >= 131 AS beyond,
    heart_rate_max <= 125 AS safe,
    19000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE
    heart_rate_min IS NOT NULL AND news2_low IS NOT NULL
  UNION ALL
  SELECT
    patient_id,
    ward,
    event_date,
    window_start,
    ms,
    last_ms,
    'bradypnoea' AS rule,
    'urgent' AS severity,
    FALSE AS above,
    CAST(respiratory_rate_min AS DOUBLE) AS least,
    CAST(respiratory_rate_max AS DOUBLE) AS greatest,
    respiratory_rate_max <= 8 AS beyond,
    respiratory_rate_min >= 10 AS safe,
    19000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE
    respiratory_rate_min IS NOT NULL
  UNION ALL
  SELECT
    patient_id,
    ward,
    event_date,
    window_start,
    ms,
    last_ms,
    'tachypnoea' AS rule,
    'urgent' AS severity,
    TRUE AS above,
    CAST(respiratory_rate_min AS DOUBLE) AS least,
    CAST(respiratory_rate_max AS DOUBLE) AS greatest,
    respiratory_rate_min >= 25 AS beyond,
    respiratory_rate_max <= 22 AS safe,
    19000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE
    respiratory_rate_min IS NOT NULL AND news2_low IS NOT NULL
  UNION ALL
  SELECT
    patient_id,
    ward,
    event_date,
    window_start,
    ms,
    last_ms,
    'hypoxaemia' AS rule,
    'urgent' AS severity,
    FALSE AS above,
    CAST(spo2_min AS DOUBLE) AS least,
    CAST(spo2_max AS DOUBLE) AS greatest,
    spo2_max <= 87 AS beyond,
    spo2_min >= 90 AS safe,
    15000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE
    spo2_min IS NOT NULL AND spo2_max > 0
  UNION ALL
  SELECT
    patient_id,
    ward,
    event_date,
    window_start,
    ms,
    last_ms,
    'severe_hypoxaemia' AS rule,
    'critical' AS severity,
    FALSE AS above,
    CAST(spo2_min AS DOUBLE) AS least,
    CAST(spo2_max AS DOUBLE) AS greatest,
    spo2_max <= 79 AS beyond,
    spo2_min >= 84 AS safe,
    15000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE
    spo2_min IS NOT NULL AND spo2_max > 0
  UNION ALL
  SELECT
    patient_id,
    ward,
    event_date,
    window_start,
    ms,
    last_ms,
    'hypotension' AS rule,
    'urgent' AS severity,
    FALSE AS above,
    CAST(systolic_bp_min AS DOUBLE) AS least,
    CAST(systolic_bp_max AS DOUBLE) AS greatest,
    systolic_bp_max <= 90 AS beyond,
    systolic_bp_min >= 95 AS safe,
    19000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE
    systolic_bp_min IS NOT NULL AND systolic_bp_max > 0 AND news2_low IS NOT NULL
  UNION ALL
  SELECT
    patient_id,
    ward,
    event_date,
    window_start,
    ms,
    last_ms,
    'hypertension' AS rule,
    'warning' AS severity,
    TRUE AS above,
    CAST(systolic_bp_min AS DOUBLE) AS least,
    CAST(systolic_bp_max AS DOUBLE) AS greatest,
    systolic_bp_min >= 181 AS beyond,
    systolic_bp_max <= 175 AS safe,
    19000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE
    systolic_bp_min IS NOT NULL AND systolic_bp_max > 0
  UNION ALL
  SELECT
    patient_id,
    ward,
    event_date,
    window_start,
    ms,
    last_ms,
    'hypothermia' AS rule,
    'warning' AS severity,
    FALSE AS above,
    CAST(temperature_min AS DOUBLE) AS least,
    CAST(temperature_max AS DOUBLE) AS greatest,
    temperature_max <= 35.04 AS beyond,
    temperature_min >= 35.4 AS safe,
    300000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE
    temperature_min IS NOT NULL
  UNION ALL
  SELECT
    patient_id,
    ward,
    event_date,
    window_start,
    ms,
    last_ms,
    'high_fever' AS rule,
    'warning' AS severity,
    TRUE AS above,
    CAST(temperature_min AS DOUBLE) AS least,
    CAST(temperature_max AS DOUBLE) AS greatest,
    temperature_min >= 39.05 AS beyond,
    temperature_max <= 38.6 AS safe,
    300000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE
    temperature_min IS NOT NULL
  UNION ALL
  SELECT
    patient_id,
    ward,
    event_date,
    window_start,
    ms,
    last_ms,
    'severe_hypoglycaemia' AS rule,
    'critical' AS severity,
    FALSE AS above,
    CAST(glucose_min AS DOUBLE) AS least,
    CAST(glucose_max AS DOUBLE) AS greatest,
    glucose_max <= 53.9 AS beyond,
    glucose_min >= 70 AS safe,
    0 AS delay_ms,
    0 AS clear_ms,
    300000 AS rearm_ms,
    14400000 AS gap_ms
  FROM minutes
  WHERE
    glucose_min IS NOT NULL
  UNION ALL
  SELECT
    patient_id,
    ward,
    event_date,
    window_start,
    ms,
    last_ms,
    'news2_high' AS rule,
    'urgent' AS severity,
    TRUE AS above,
    CAST(news2_low AS DOUBLE) AS least,
    CAST(news2_low AS DOUBLE) AS greatest,
    news2_low >= 7 AS beyond,
    news2_low <= 5 AS safe,
    19000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE
    news2_low IS NOT NULL
), parted AS (
  SELECT
    *,
    CASE
      WHEN ms - LAG(ms) OVER (PARTITION BY patient_id, rule ORDER BY ms NULLS FIRST) <= gap_ms
      THEN 0
      ELSE 1
    END AS parts
  FROM signals
), segmented AS (
  SELECT
    *,
    SUM(parts) OVER (PARTITION BY patient_id, rule ORDER BY ms NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS segment
  FROM parted
), numbered AS (
  SELECT
    *,
    SUM(IF(beyond, 0, 1)) OVER (PARTITION BY patient_id, rule, segment ORDER BY ms NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS beyond_run,
    SUM(IF(safe, 0, 1)) OVER (PARTITION BY patient_id, rule, segment ORDER BY ms NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS safe_run,
    MAX(window_start) OVER (PARTITION BY patient_id, rule, segment) AS segment_end
  FROM segmented
), timed AS (
  SELECT
    *,
    MIN(IF(beyond, window_start, NULL)) OVER (PARTITION BY patient_id, rule, segment, beyond_run) AS onset,
    MIN(IF(safe, window_start, NULL)) OVER (PARTITION BY patient_id, rule, segment, safe_run) AS safe_since
  FROM numbered
), decided AS (
  SELECT
    *,
    CASE
      WHEN beyond AND ms - EPOCH_MS(onset) >= delay_ms
      THEN 1
      WHEN safe AND ms - EPOCH_MS(safe_since) >= clear_ms
      THEN 0
    END AS decision
  FROM timed
), changed AS (
  SELECT
    *,
    COALESCE(LAG(decision) OVER (PARTITION BY patient_id, rule, segment ORDER BY ms NULLS FIRST), 0) AS decision_before
  FROM decided
  WHERE
    decision IS NOT NULL
), edges AS (
  SELECT
    *,
    LEAD(window_start) OVER (PARTITION BY patient_id, rule, segment ORDER BY ms NULLS FIRST) AS cleared_at
  FROM changed
  WHERE
    decision <> decision_before
), raised AS (
  SELECT
    patient_id,
    ward,
    rule,
    severity,
    above,
    rearm_ms,
    onset,
    window_start AS raised_at,
    ms AS raised_ms,
    last_ms,
    CASE
      WHEN cleared_at IS NOT NULL
      THEN 'cleared'
      WHEN last_ms - EPOCH_MS(segment_end) > gap_ms
      THEN 'lost'
      ELSE 'on'
    END AS state,
    CASE
      WHEN cleared_at IS NOT NULL
      THEN cleared_at
      WHEN last_ms - EPOCH_MS(segment_end) > gap_ms
      THEN segment_end
    END AS ended_at
  FROM edges
  WHERE
    decision = 1
), rearmed AS (
  SELECT
    *,
    CASE
      WHEN raised_ms - LAG(EPOCH_MS(ended_at)) OVER (PARTITION BY patient_id, rule ORDER BY raised_ms NULLS FIRST) <= rearm_ms
      THEN 0
      ELSE 1
    END AS is_new
  FROM raised
), joined AS (
  SELECT
    *,
    SUM(is_new) OVER (PARTITION BY patient_id, rule ORDER BY raised_ms NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS alarm
  FROM rearmed
), alarms AS (
  SELECT
    patient_id,
    rule,
    severity,
    above,
    last_ms,
    NULLIF(ARG_MIN_NULL(COALESCE(ward, ''), IF(raised_ms IS NULL, NULL, raised_ms)), '') AS ward,
    MIN(onset) AS onset,
    MIN(raised_at) AS raised_at,
    IF(COUNT_IF(ended_at IS NULL) > 0, NULL, MAX(ended_at)) AS ended_at,
    ARG_MAX_NULL(state, IF(raised_ms IS NULL, NULL, raised_ms)) AS state
  FROM joined
  GROUP BY
    patient_id,
    rule,
    severity,
    above,
    last_ms,
    alarm
)
SELECT
  SUBSTRING(REPLACE(
    REPLACE(
      TO_BASE64(
        UNHEX(
          SHA256(
            a.patient_id || '|' || a.rule || '|standard|1|' || CAST(EPOCH_MS(a.onset) AS TEXT)
          )
        )
      ),
      '+',
      '-'
    ),
    '/',
    '_'
  ), 1, 22) AS alarm_id,
  a.patient_id,
  a.rule,
  a.severity,
  a.ward,
  MIN(s.event_date) AS event_date,
  a.onset,
  a.raised_at,
  a.ended_at,
  a.state,
  IF(a.above, MAX(s.greatest), MIN(s.least)) AS worst
FROM alarms AS a
INNER JOIN signals AS s
  ON s.patient_id = a.patient_id
  AND s.rule = a.rule
  AND s.ms >= EPOCH_MS(a.onset)
  AND s.ms <= COALESCE(EPOCH_MS(a.ended_at), a.last_ms)
GROUP BY
  a.patient_id,
  a.rule,
  a.severity,
  a.above,
  a.ward,
  a.onset,
  a.raised_at,
  a.ended_at,
  a.state`,
  },
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
    name: 'gold.anomaly_alarms',
    kind: 'logical',
    description:
      'Alarms of the model: 3 of 5 minutes anomalous, and again after 30 minutes without (docs/calibration.md).',
    grain: 'patient x begin.',
    sql: `WITH latest AS (
  SELECT
    *
  FROM gold.patient_summary
  WHERE
    TRUE
  QUALIFY
    ROW_NUMBER() OVER (PARTITION BY patient_id, window_start ORDER BY order_key DESC) = 1
), minutes AS (
  SELECT
    patient_id,
    ward,
    event_date,
    window_start,
    EPOCH_MS(window_start) AS ms,
    MAX(EPOCH_MS(window_start)) OVER (PARTITION BY patient_id) AS last_ms,
    anomaly_score,
    IF(2 * anomaly_n > n, 1, 0) AS anomalous
  FROM latest
  WHERE
    n > 0
), counted AS (
  SELECT
    *,
    SUM(anomalous) OVER (PARTITION BY patient_id ORDER BY ms NULLS FIRST RANGE BETWEEN 240000 PRECEDING AND CURRENT ROW) AS anomalous_minutes
  FROM minutes
), persistent AS (
  SELECT
    *,
    LAG(ms) OVER (PARTITION BY patient_id ORDER BY ms NULLS FIRST) AS ms_before
  FROM counted
  WHERE
    anomalous_minutes >= 3
), numbered AS (
  SELECT
    *,
    SUM(IF(ms - ms_before <= 1800000, 0, 1)) OVER (PARTITION BY patient_id ORDER BY ms NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS alarm
  FROM persistent
)
SELECT
  patient_id,
  NULLIF(ARG_MIN_NULL(COALESCE(ward, ''), IF(ms IS NULL, NULL, ms)), '') AS ward,
  MIN(event_date) AS event_date,
  MIN(window_start) AS raised_at,
  IF(MAX(last_ms) - MAX(ms) > 1800000, MAX(window_start), NULL) AS ended_at,
  COUNT(*) AS persistent_minutes,
  MAX(anomaly_score) AS worst_score
FROM numbered
GROUP BY
  patient_id,
  alarm`,
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
      WHEN spo2_scale = 2 AND supplemental_oxygen IS NOT TRUE
      THEN CASE
        WHEN spo2 <= 83
        THEN 3
        WHEN spo2 <= 85
        THEN 2
        WHEN spo2 <= 87
        THEN 1
        WHEN spo2 IS NOT NULL
        THEN 0
      END
      WHEN spo2_scale = 2
      THEN CASE
        WHEN spo2 <= 83
        THEN 3
        WHEN spo2 <= 85
        THEN 2
        WHEN spo2 <= 87
        THEN 1
        WHEN spo2 <= 92
        THEN 0
        WHEN spo2 <= 94
        THEN 1
        WHEN spo2 <= 96
        THEN 2
        WHEN spo2 IS NOT NULL
        THEN 3
      END
      ELSE CASE
        WHEN spo2 <= 91
        THEN 3
        WHEN spo2 <= 93
        THEN 2
        WHEN spo2 <= 95
        THEN 1
        WHEN spo2 IS NOT NULL
        THEN 0
      END
    END AS spo2_points_least,
    CASE
      WHEN spo2_scale = 2 AND supplemental_oxygen IS FALSE
      THEN CASE
        WHEN spo2 <= 83
        THEN 3
        WHEN spo2 <= 85
        THEN 2
        WHEN spo2 <= 87
        THEN 1
        WHEN spo2 IS NOT NULL
        THEN 0
      END
      WHEN spo2_scale = 2
      THEN CASE
        WHEN spo2 <= 83
        THEN 3
        WHEN spo2 <= 85
        THEN 2
        WHEN spo2 <= 87
        THEN 1
        WHEN spo2 <= 92
        THEN 0
        WHEN spo2 <= 94
        THEN 1
        WHEN spo2 <= 96
        THEN 2
        WHEN spo2 IS NOT NULL
        THEN 3
      END
      ELSE CASE
        WHEN spo2 <= 91
        THEN 3
        WHEN spo2 <= 93
        THEN 2
        WHEN spo2 <= 95
        THEN 1
        WHEN spo2 IS NOT NULL
        THEN 0
      END
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
    CASE
      WHEN consciousness = 'A'
      THEN 0
      WHEN consciousness = 'C'
      THEN 3
      WHEN consciousness = 'V'
      THEN 3
      WHEN consciousness = 'P'
      THEN 3
      WHEN consciousness = 'U'
      THEN 3
    END AS consciousness_points,
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
    END >= 3 AS red_certain,
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
    END >= 3 AS red_possible
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
    name: 'gold.model_drift_latest',
    kind: 'logical',
    description:
      'Drift of the newest hour that was measured: the row recorded last holds; alert is true where somebody must look.',
    grain: 'model x ward x feature.',
    sql: `SELECT
  *
FROM gold.model_drift
WHERE
  TRUE
QUALIFY
  ROW_NUMBER() OVER (PARTITION BY model_id, ward, feature ORDER BY window_start DESC, recorded_at DESC) = 1`,
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
    name: 'gold.sequence_resets',
    kind: 'logical',
    description:
      "Where a device's own counter went back: a restart of the device, or another one under its name. Accepted as it came (a sequence is no order of time), and shown here, because only neighbours can tell.",
    grain: "reading whose sequence is below that of the same device's reading before it.",
    sql: `WITH counted AS (
  SELECT
    event_date,
    patient_id,
    device_id,
    ward,
    reading_id,
    event_time,
    sequence,
    LAG(sequence) OVER (PARTITION BY patient_id, device_id ORDER BY event_time NULLS FIRST, reading_id NULLS FIRST) AS previous_sequence
  FROM silver.current_patient_vitals
  WHERE
    sequence IS NOT NULL AND device_id IS NOT NULL AND status <> 'entered-in-error'
)
SELECT
  *
FROM counted
WHERE
  sequence < previous_sequence`,
  },
  {
    name: 'gold.vital_artefacts',
    kind: 'logical',
    description:
      'Stretches in which a vital looks like its sensor rather than its patient: flat line, jump, no signal (docs/artefacts.md).',
    grain: 'patient x vital x kind x start.',
    sql: `WITH latest AS (
  SELECT
    *
  FROM gold.patient_summary
  WHERE
    TRUE
  QUALIFY
    ROW_NUMBER() OVER (PARTITION BY patient_id, window_start ORDER BY order_key DESC) = 1
), minutes AS (
  SELECT
    patient_id,
    window_start,
    EPOCH_MS(window_start) AS ms,
    'heart_rate' AS vital,
    heart_rate_n AS vital_n,
    heart_rate_min AS least,
    heart_rate_max AS greatest,
    CASE WHEN heart_rate_n <> 0 THEN heart_rate_sum / heart_rate_n ELSE NULL END AS average,
    CAST(15 AS BIGINT) AS flat_limit,
    CAST(50 AS DOUBLE) AS jump_limit,
    TRUE AS continuous
  FROM latest
  WHERE
    n > 0
  UNION ALL
  SELECT
    patient_id,
    window_start,
    EPOCH_MS(window_start) AS ms,
    'respiratory_rate' AS vital,
    respiratory_rate_n AS vital_n,
    respiratory_rate_min AS least,
    respiratory_rate_max AS greatest,
    CASE
      WHEN respiratory_rate_n <> 0
      THEN respiratory_rate_sum / respiratory_rate_n
      ELSE NULL
    END AS average,
    CAST(30 AS BIGINT) AS flat_limit,
    CAST(25 AS DOUBLE) AS jump_limit,
    TRUE AS continuous
  FROM latest
  WHERE
    n > 0
  UNION ALL
  SELECT
    patient_id,
    window_start,
    EPOCH_MS(window_start) AS ms,
    'spo2' AS vital,
    spo2_n AS vital_n,
    spo2_min AS least,
    spo2_max AS greatest,
    CASE WHEN spo2_n <> 0 THEN spo2_sum / spo2_n ELSE NULL END AS average,
    CAST(NULL AS BIGINT) AS flat_limit,
    CAST(15 AS DOUBLE) AS jump_limit,
    TRUE AS continuous
  FROM latest
  WHERE
    n > 0
  UNION ALL
  SELECT
    patient_id,
    window_start,
    EPOCH_MS(window_start) AS ms,
    'systolic_bp' AS vital,
    systolic_bp_n AS vital_n,
    systolic_bp_min AS least,
    systolic_bp_max AS greatest,
    CASE WHEN systolic_bp_n <> 0 THEN systolic_bp_sum / systolic_bp_n ELSE NULL END AS average,
    CAST(NULL AS BIGINT) AS flat_limit,
    CAST(60 AS DOUBLE) AS jump_limit,
    FALSE AS continuous
  FROM latest
  WHERE
    n > 0
  UNION ALL
  SELECT
    patient_id,
    window_start,
    EPOCH_MS(window_start) AS ms,
    'diastolic_bp' AS vital,
    diastolic_bp_n AS vital_n,
    diastolic_bp_min AS least,
    diastolic_bp_max AS greatest,
    CASE WHEN diastolic_bp_n <> 0 THEN diastolic_bp_sum / diastolic_bp_n ELSE NULL END AS average,
    CAST(NULL AS BIGINT) AS flat_limit,
    CAST(40 AS DOUBLE) AS jump_limit,
    FALSE AS continuous
  FROM latest
  WHERE
    n > 0
  UNION ALL
  SELECT
    patient_id,
    window_start,
    EPOCH_MS(window_start) AS ms,
    'mean_bp' AS vital,
    mean_bp_n AS vital_n,
    mean_bp_min AS least,
    mean_bp_max AS greatest,
    CASE WHEN mean_bp_n <> 0 THEN mean_bp_sum / mean_bp_n ELSE NULL END AS average,
    CAST(NULL AS BIGINT) AS flat_limit,
    CAST(45 AS DOUBLE) AS jump_limit,
    FALSE AS continuous
  FROM latest
  WHERE
    n > 0
  UNION ALL
  SELECT
    patient_id,
    window_start,
    EPOCH_MS(window_start) AS ms,
    'temperature' AS vital,
    temperature_n AS vital_n,
    temperature_min AS least,
    temperature_max AS greatest,
    CASE WHEN temperature_n <> 0 THEN temperature_sum / temperature_n ELSE NULL END AS average,
    CAST(NULL AS BIGINT) AS flat_limit,
    CAST(1.5 AS DOUBLE) AS jump_limit,
    FALSE AS continuous
  FROM latest
  WHERE
    n > 0
), numbered AS (
  SELECT
    *,
    SUM(IF(vital_n > 0, 1, 0)) OVER (PARTITION BY patient_id, vital ORDER BY ms NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS known
  FROM minutes
), no_signal AS (
  SELECT
    patient_id,
    vital,
    'no_signal' AS kind,
    MIN(IF(vital_n = 0, window_start, NULL)) AS started_at,
    MAX(window_start) AS ended_at,
    COUNT_IF(vital_n = 0) AS minutes,
    CAST(NULL AS DOUBLE) AS value
  FROM numbered
  WHERE
    continuous AND known > 0
  GROUP BY
    patient_id,
    vital,
    known
  HAVING
    COUNT_IF(vital_n = 0) >= 5 AND MIN(IF(vital_n = 0, ms, NULL)) - MIN(IF(vital_n > 0, ms, NULL)) <= 600000
), neighbours AS (
  SELECT
    *,
    LAG(ms) OVER (PARTITION BY patient_id, vital ORDER BY ms NULLS FIRST) AS ms_before,
    LEAD(ms) OVER (PARTITION BY patient_id, vital ORDER BY ms NULLS FIRST) AS ms_after,
    LAG(least) OVER (PARTITION BY patient_id, vital ORDER BY ms NULLS FIRST) AS least_before,
    LAG(greatest) OVER (PARTITION BY patient_id, vital ORDER BY ms NULLS FIRST) AS greatest_before,
    LAG(average) OVER (PARTITION BY patient_id, vital ORDER BY ms NULLS FIRST) AS average_before,
    LEAD(average) OVER (PARTITION BY patient_id, vital ORDER BY ms NULLS FIRST) AS average_after
  FROM minutes
  WHERE
    vital_n > 0
), jumps AS (
  SELECT
    patient_id,
    vital,
    'jump' AS kind,
    window_start AS started_at,
    window_start AS ended_at,
    1 AS minutes,
    average AS value
  FROM neighbours
  WHERE
    ms - ms_before <= 120000 AND ms_after - ms <= 120000 AND ABS(average - average_before) > jump_limit AND ABS(average - average_after) > jump_limit AND ABS(average_after - average_before) <= jump_limit / 2
), runs AS (
  SELECT
    *,
    SUM(CASE
      WHEN least = greatest AND least = least_before AND greatest = greatest_before AND ms - ms_before <= 120000
      THEN 0
      ELSE 1
    END) OVER (PARTITION BY patient_id, vital ORDER BY ms NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS run
  FROM neighbours
  WHERE
    flat_limit IS NOT NULL
), flat_lines AS (
  SELECT
    patient_id,
    vital,
    'flat_line' AS kind,
    MIN(window_start) AS started_at,
    MAX(window_start) AS ended_at,
    COUNT(*) AS minutes,
    MAX(least) AS value
  FROM runs
  GROUP BY
    patient_id,
    vital,
    run
  HAVING
    MAX(ms) - MIN(ms) + 60000 >= MIN(flat_limit) * 60000
) SELECT
  *
FROM no_signal
UNION ALL
SELECT
  *
FROM jumps
UNION ALL
SELECT
  *
FROM flat_lines`,
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
  {
    name: 'silver.patient_vitals_versions',
    kind: 'logical',
    description:
      'Every version of each reading, and when it was the current one: from known_from until known_to (exclusive; null while it is current). What was known at a time T: WHERE known_from <= T AND (known_to IS NULL OR known_to > T).',
    grain: 'version (reading_id, content_hash).',
    sql: `WITH versions AS (
  SELECT
    * REPLACE (COALESCE(known_from, CAST('1970-01-01 00:00:00+00' AS TIMESTAMPTZ)) AS known_from)
  FROM silver.patient_vitals
), ranked AS (
  SELECT
    *,
    MIN(known_from) OVER (PARTITION BY patient_id, reading_id ORDER BY CASE status WHEN 'entered-in-error' THEN 2 WHEN 'corrected' THEN 1 ELSE 0 END DESC, sent_time DESC NULLS LAST, content_hash DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS superseded_at
  FROM versions
)
SELECT
  * EXCLUDE (superseded_at),
  CASE WHEN superseded_at < known_from THEN known_from ELSE superseded_at END AS known_to,
  COALESCE(superseded_at <= known_from, FALSE) AS never_current
FROM ranked`,
  },
];
