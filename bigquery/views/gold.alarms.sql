-- Alarms by the rules of the set standard, version 1, with delay, hysteresis and re-arm (docs/alarms.md).
-- Grain: patient x rule x onset.
CREATE OR REPLACE VIEW gold.alarms AS
-- Rendered from transforms/alarms/rule-sets.ts by `npm run render`: change bigquery/alarms-view.ts.
WITH latest AS (
  SELECT *
  FROM gold.patient_summary
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY patient_id, window_start ORDER BY order_key DESC) = 1
),
minutes AS (
  SELECT
    *,
    UNIX_MILLIS(window_start) AS ms,
    MAX(UNIX_MILLIS(window_start)) OVER (PARTITION BY patient_id) AS last_ms
  FROM latest
  WHERE n > 0
),
signals AS (
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
    CAST(heart_rate_min AS FLOAT64) AS least,
    CAST(heart_rate_max AS FLOAT64) AS greatest,
    heart_rate_max <= 0 AS beyond,
    heart_rate_min >= 10 AS safe,
    0 AS delay_ms,
    10000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE heart_rate_min IS NOT NULL
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
    CAST(heart_rate_min AS FLOAT64) AS least,
    CAST(heart_rate_max AS FLOAT64) AS greatest,
    heart_rate_max <= 40 AS beyond,
    heart_rate_min >= 45 AS safe,
    19000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE heart_rate_min IS NOT NULL
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
    CAST(heart_rate_min AS FLOAT64) AS least,
    CAST(heart_rate_max AS FLOAT64) AS greatest,
    heart_rate_min >= 131 AS beyond,
    heart_rate_max <= 125 AS safe,
    19000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE heart_rate_min IS NOT NULL AND news2_low IS NOT NULL
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
    CAST(respiratory_rate_min AS FLOAT64) AS least,
    CAST(respiratory_rate_max AS FLOAT64) AS greatest,
    respiratory_rate_max <= 8 AS beyond,
    respiratory_rate_min >= 10 AS safe,
    19000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE respiratory_rate_min IS NOT NULL
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
    CAST(respiratory_rate_min AS FLOAT64) AS least,
    CAST(respiratory_rate_max AS FLOAT64) AS greatest,
    respiratory_rate_min >= 25 AS beyond,
    respiratory_rate_max <= 22 AS safe,
    19000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE respiratory_rate_min IS NOT NULL AND news2_low IS NOT NULL
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
    CAST(spo2_min AS FLOAT64) AS least,
    CAST(spo2_max AS FLOAT64) AS greatest,
    spo2_max <= 87 AS beyond,
    spo2_min >= 90 AS safe,
    15000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE spo2_min IS NOT NULL AND spo2_max > 0
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
    CAST(spo2_min AS FLOAT64) AS least,
    CAST(spo2_max AS FLOAT64) AS greatest,
    spo2_max <= 79 AS beyond,
    spo2_min >= 84 AS safe,
    15000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE spo2_min IS NOT NULL AND spo2_max > 0
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
    CAST(systolic_bp_min AS FLOAT64) AS least,
    CAST(systolic_bp_max AS FLOAT64) AS greatest,
    systolic_bp_max <= 90 AS beyond,
    systolic_bp_min >= 95 AS safe,
    19000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE systolic_bp_min IS NOT NULL AND systolic_bp_max > 0 AND news2_low IS NOT NULL
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
    CAST(systolic_bp_min AS FLOAT64) AS least,
    CAST(systolic_bp_max AS FLOAT64) AS greatest,
    systolic_bp_min >= 181 AS beyond,
    systolic_bp_max <= 175 AS safe,
    19000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE systolic_bp_min IS NOT NULL AND systolic_bp_max > 0
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
    CAST(temperature_min AS FLOAT64) AS least,
    CAST(temperature_max AS FLOAT64) AS greatest,
    temperature_max <= 35.04 AS beyond,
    temperature_min >= 35.4 AS safe,
    300000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE temperature_min IS NOT NULL
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
    CAST(temperature_min AS FLOAT64) AS least,
    CAST(temperature_max AS FLOAT64) AS greatest,
    temperature_min >= 39.05 AS beyond,
    temperature_max <= 38.6 AS safe,
    300000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE temperature_min IS NOT NULL
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
    CAST(glucose_min AS FLOAT64) AS least,
    CAST(glucose_max AS FLOAT64) AS greatest,
    glucose_max <= 53.9 AS beyond,
    glucose_min >= 70 AS safe,
    0 AS delay_ms,
    0 AS clear_ms,
    300000 AS rearm_ms,
    14400000 AS gap_ms
  FROM minutes
  WHERE glucose_min IS NOT NULL
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
    CAST(news2_low AS FLOAT64) AS least,
    CAST(news2_low AS FLOAT64) AS greatest,
    news2_low >= 7 AS beyond,
    news2_low <= 5 AS safe,
    19000 AS delay_ms,
    30000 AS clear_ms,
    300000 AS rearm_ms,
    300000 AS gap_ms
  FROM minutes
  WHERE news2_low IS NOT NULL
),
parted AS (
  -- A pause longer than gap_ms ends what is known: nothing is carried over it.
  SELECT
    *,
    CASE WHEN ms - LAG(ms) OVER (PARTITION BY patient_id, rule ORDER BY ms) <= gap_ms THEN 0 ELSE 1 END AS parts
  FROM signals
),
segmented AS (
  SELECT
    *,
    SUM(parts) OVER (PARTITION BY patient_id, rule ORDER BY ms ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS segment
  FROM parted
),
numbered AS (
  -- Rows beyond the limit share a number with the last row that was not; so do safe rows.
  SELECT
    *,
    SUM(IF(beyond, 0, 1)) OVER (PARTITION BY patient_id, rule, segment ORDER BY ms ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS beyond_run,
    SUM(IF(safe, 0, 1)) OVER (PARTITION BY patient_id, rule, segment ORDER BY ms ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS safe_run,
    MAX(window_start) OVER (PARTITION BY patient_id, rule, segment) AS segment_end
  FROM segmented
),
timed AS (
  SELECT
    *,
    MIN(IF(beyond, window_start, NULL)) OVER (PARTITION BY patient_id, rule, segment, beyond_run) AS onset,
    MIN(IF(safe, window_start, NULL)) OVER (PARTITION BY patient_id, rule, segment, safe_run) AS safe_since
  FROM numbered
),
decided AS (
  SELECT
    *,
    CASE
      WHEN beyond AND ms - UNIX_MILLIS(onset) >= delay_ms THEN 1
      WHEN safe AND ms - UNIX_MILLIS(safe_since) >= clear_ms THEN 0
    END AS decision
  FROM timed
),
changed AS (
  SELECT
    *,
    COALESCE(LAG(decision) OVER (PARTITION BY patient_id, rule, segment ORDER BY ms), 0) AS decision_before
  FROM decided
  WHERE decision IS NOT NULL
),
edges AS (
  SELECT
    *,
    LEAD(window_start) OVER (PARTITION BY patient_id, rule, segment ORDER BY ms) AS cleared_at
  FROM changed
  WHERE decision <> decision_before
),
raised AS (
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
      WHEN cleared_at IS NOT NULL THEN 'cleared'
      WHEN last_ms - UNIX_MILLIS(segment_end) > gap_ms THEN 'lost'
      ELSE 'on'
    END AS state,
    CASE
      WHEN cleared_at IS NOT NULL THEN cleared_at
      WHEN last_ms - UNIX_MILLIS(segment_end) > gap_ms THEN segment_end
    END AS ended_at
  FROM edges
  WHERE decision = 1
),
rearmed AS (
  SELECT
    *,
    CASE
      WHEN raised_ms - LAG(UNIX_MILLIS(ended_at)) OVER (PARTITION BY patient_id, rule ORDER BY raised_ms) <= rearm_ms
        THEN 0
      ELSE 1
    END AS is_new
  FROM raised
),
joined AS (
  SELECT
    *,
    SUM(is_new) OVER (PARTITION BY patient_id, rule ORDER BY raised_ms ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS alarm
  FROM rearmed
),
alarms AS (
  SELECT
    patient_id,
    rule,
    severity,
    above,
    last_ms,
    NULLIF(MIN_BY(COALESCE(ward, ''), IF(raised_ms IS NULL, NULL, raised_ms)), '') AS ward,
    MIN(onset) AS onset,
    MIN(raised_at) AS raised_at,
    IF(COUNTIF(ended_at IS NULL) > 0, NULL, MAX(ended_at)) AS ended_at,
    MAX_BY(state, IF(raised_ms IS NULL, NULL, raised_ms)) AS state
  FROM joined
  GROUP BY patient_id, rule, severity, above, last_ms, alarm
)
SELECT
  SUBSTR(
    REPLACE(
      REPLACE(
        TO_BASE64(
          SHA256(
            CONCAT(a.patient_id, '|', a.rule, '|standard|1|', CAST(UNIX_MILLIS(a.onset) AS STRING))
          )
        ),
        '+',
        '-'
      ),
      '/',
      '_'
    ),
    1,
    22
  ) AS alarm_id,
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
  AND s.ms >= UNIX_MILLIS(a.onset)
  AND s.ms <= COALESCE(UNIX_MILLIS(a.ended_at), a.last_ms)
GROUP BY
  a.patient_id, a.rule, a.severity, a.above, a.ward, a.onset, a.raised_at, a.ended_at, a.state;
