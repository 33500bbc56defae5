-- Stretches in which a vital looks like its sensor rather than its patient: flat line, jump, no signal (docs/artefacts.md).
-- Grain: patient x vital x kind x start.
CREATE OR REPLACE VIEW gold.vital_artefacts AS
-- Rendered from transforms/artefact/context-limits.ts by `npm run render`: change bigquery/vital-artefacts-view.ts.
WITH latest AS (
  SELECT *
  FROM gold.patient_summary
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY patient_id, window_start ORDER BY order_key DESC) = 1
),
minutes AS (
  SELECT
    patient_id,
    window_start,
    UNIX_MILLIS(window_start) AS ms,
    'heart_rate' AS vital,
    heart_rate_n AS vital_n,
    heart_rate_min AS least,
    heart_rate_max AS greatest,
    SAFE_DIVIDE(heart_rate_sum, heart_rate_n) AS average,
    CAST(15 AS INT64) AS flat_limit,
    CAST(50 AS FLOAT64) AS jump_limit,
    TRUE AS continuous
  FROM latest
  WHERE n > 0
  UNION ALL
  SELECT
    patient_id,
    window_start,
    UNIX_MILLIS(window_start) AS ms,
    'respiratory_rate' AS vital,
    respiratory_rate_n AS vital_n,
    respiratory_rate_min AS least,
    respiratory_rate_max AS greatest,
    SAFE_DIVIDE(respiratory_rate_sum, respiratory_rate_n) AS average,
    CAST(30 AS INT64) AS flat_limit,
    CAST(25 AS FLOAT64) AS jump_limit,
    TRUE AS continuous
  FROM latest
  WHERE n > 0
  UNION ALL
  SELECT
    patient_id,
    window_start,
    UNIX_MILLIS(window_start) AS ms,
    'spo2' AS vital,
    spo2_n AS vital_n,
    spo2_min AS least,
    spo2_max AS greatest,
    SAFE_DIVIDE(spo2_sum, spo2_n) AS average,
    CAST(NULL AS INT64) AS flat_limit,
    CAST(15 AS FLOAT64) AS jump_limit,
    TRUE AS continuous
  FROM latest
  WHERE n > 0
  UNION ALL
  SELECT
    patient_id,
    window_start,
    UNIX_MILLIS(window_start) AS ms,
    'systolic_bp' AS vital,
    systolic_bp_n AS vital_n,
    systolic_bp_min AS least,
    systolic_bp_max AS greatest,
    SAFE_DIVIDE(systolic_bp_sum, systolic_bp_n) AS average,
    CAST(NULL AS INT64) AS flat_limit,
    CAST(60 AS FLOAT64) AS jump_limit,
    FALSE AS continuous
  FROM latest
  WHERE n > 0
  UNION ALL
  SELECT
    patient_id,
    window_start,
    UNIX_MILLIS(window_start) AS ms,
    'diastolic_bp' AS vital,
    diastolic_bp_n AS vital_n,
    diastolic_bp_min AS least,
    diastolic_bp_max AS greatest,
    SAFE_DIVIDE(diastolic_bp_sum, diastolic_bp_n) AS average,
    CAST(NULL AS INT64) AS flat_limit,
    CAST(40 AS FLOAT64) AS jump_limit,
    FALSE AS continuous
  FROM latest
  WHERE n > 0
  UNION ALL
  SELECT
    patient_id,
    window_start,
    UNIX_MILLIS(window_start) AS ms,
    'mean_bp' AS vital,
    mean_bp_n AS vital_n,
    mean_bp_min AS least,
    mean_bp_max AS greatest,
    SAFE_DIVIDE(mean_bp_sum, mean_bp_n) AS average,
    CAST(NULL AS INT64) AS flat_limit,
    CAST(45 AS FLOAT64) AS jump_limit,
    FALSE AS continuous
  FROM latest
  WHERE n > 0
  UNION ALL
  SELECT
    patient_id,
    window_start,
    UNIX_MILLIS(window_start) AS ms,
    'temperature' AS vital,
    temperature_n AS vital_n,
    temperature_min AS least,
    temperature_max AS greatest,
    SAFE_DIVIDE(temperature_sum, temperature_n) AS average,
    CAST(NULL AS INT64) AS flat_limit,
    CAST(1.5 AS FLOAT64) AS jump_limit,
    FALSE AS continuous
  FROM latest
  WHERE n > 0
),
numbered AS (
  SELECT
    *,
    SUM(IF(vital_n > 0, 1, 0)) OVER (PARTITION BY patient_id, vital ORDER BY ms ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS known
  FROM minutes
),
no_signal AS (
  SELECT
    patient_id,
    vital,
    'no_signal' AS kind,
    MIN(IF(vital_n = 0, window_start, NULL)) AS started_at,
    MAX(window_start) AS ended_at,
    COUNTIF(vital_n = 0) AS minutes,
    CAST(NULL AS FLOAT64) AS value
  FROM numbered
  WHERE continuous AND known > 0
  GROUP BY patient_id, vital, known
  HAVING COUNTIF(vital_n = 0) >= 5
    AND MIN(IF(vital_n = 0, ms, NULL)) - MIN(IF(vital_n > 0, ms, NULL)) <= 600000
),
neighbours AS (
  SELECT
    *,
    LAG(ms) OVER (PARTITION BY patient_id, vital ORDER BY ms) AS ms_before,
    LEAD(ms) OVER (PARTITION BY patient_id, vital ORDER BY ms) AS ms_after,
    LAG(least) OVER (PARTITION BY patient_id, vital ORDER BY ms) AS least_before,
    LAG(greatest) OVER (PARTITION BY patient_id, vital ORDER BY ms) AS greatest_before,
    LAG(average) OVER (PARTITION BY patient_id, vital ORDER BY ms) AS average_before,
    LEAD(average) OVER (PARTITION BY patient_id, vital ORDER BY ms) AS average_after
  FROM minutes
  WHERE vital_n > 0
),
jumps AS (
  SELECT
    patient_id,
    vital,
    'jump' AS kind,
    window_start AS started_at,
    window_start AS ended_at,
    1 AS minutes,
    average AS value
  FROM neighbours
  WHERE ms - ms_before <= 120000
    AND ms_after - ms <= 120000
    AND ABS(average - average_before) > jump_limit
    AND ABS(average - average_after) > jump_limit
    AND ABS(average_after - average_before) <= jump_limit / 2
),
runs AS (
  SELECT
    *,
    SUM(
      CASE
        WHEN least = greatest
          AND least = least_before
          AND greatest = greatest_before
          AND ms - ms_before <= 120000 THEN 0
        ELSE 1
      END
    ) OVER (PARTITION BY patient_id, vital ORDER BY ms ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS run
  FROM neighbours
  WHERE flat_limit IS NOT NULL
),
flat_lines AS (
  SELECT
    patient_id,
    vital,
    'flat_line' AS kind,
    MIN(window_start) AS started_at,
    MAX(window_start) AS ended_at,
    COUNT(*) AS minutes,
    MAX(least) AS value
  FROM runs
  GROUP BY patient_id, vital, run
  HAVING MAX(ms) - MIN(ms) + 60000 >= MIN(flat_limit) * 60000
)
SELECT * FROM no_signal
UNION ALL
SELECT * FROM jumps
UNION ALL
SELECT * FROM flat_lines;
