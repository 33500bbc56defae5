-- NEWS2 of each patient from the last known value of every parameter, with the age of each: what is too old is missing.
-- Grain: patient, as of the last current reading.
CREATE OR REPLACE VIEW gold.carried_forward_news2 AS
-- Rendered from transforms/clinical/thresholds.ts by `npm run render`: change bigquery/carried-forward-news2.ts.
WITH readings AS (
  -- The position orders readings as everywhere in gold: by event_time, then by reading_id.
  SELECT
    *,
    CONCAT(LPAD(CAST(UNIX_MILLIS(event_time) AS STRING), 16, '0'), reading_id) AS position
  FROM silver.current_patient_vitals
  WHERE status <> 'entered-in-error'
),
last_known AS (
  SELECT
    patient_id,
    MAX(event_time) AS as_of,
    MAX_BY(ward, IF(ward IS NULL, NULL, position)) AS ward,
    NULLIF(MAX_BY(COALESCE(news2_reason, ''), position), '') AS news2_reason,
    COALESCE(MAX_BY(spo2_scale, IF(spo2_scale IS NULL, NULL, position)), 1) AS spo2_scale,
    MAX_BY(respiratory_rate, IF(respiratory_rate IS NULL, NULL, position)) AS respiratory_rate,
    MAX(IF(respiratory_rate IS NULL, NULL, event_time)) AS respiratory_rate_time,
    MAX_BY(spo2, IF(spo2 IS NULL, NULL, position)) AS spo2,
    MAX(IF(spo2 IS NULL, NULL, event_time)) AS spo2_time,
    MAX_BY(supplemental_oxygen, IF(supplemental_oxygen IS NULL, NULL, position)) AS supplemental_oxygen,
    MAX(IF(supplemental_oxygen IS NULL, NULL, event_time)) AS supplemental_oxygen_time,
    MAX_BY(systolic_bp, IF(systolic_bp IS NULL, NULL, position)) AS systolic_bp,
    MAX(IF(systolic_bp IS NULL, NULL, event_time)) AS systolic_bp_time,
    MAX_BY(heart_rate, IF(heart_rate IS NULL, NULL, position)) AS heart_rate,
    MAX(IF(heart_rate IS NULL, NULL, event_time)) AS heart_rate_time,
    MAX_BY(consciousness, IF(consciousness IS NULL, NULL, position)) AS consciousness,
    MAX(IF(consciousness IS NULL, NULL, event_time)) AS consciousness_time,
    MAX_BY(temperature, IF(temperature IS NULL, NULL, position)) AS temperature,
    MAX(IF(temperature IS NULL, NULL, event_time)) AS temperature_time
  FROM readings
  GROUP BY patient_id
),
aged AS (
  SELECT
    *,
    (UNIX_MILLIS(as_of) - UNIX_MILLIS(respiratory_rate_time)) / 1000 AS respiratory_rate_age_seconds,
    (UNIX_MILLIS(as_of) - UNIX_MILLIS(spo2_time)) / 1000 AS spo2_age_seconds,
    (UNIX_MILLIS(as_of) - UNIX_MILLIS(supplemental_oxygen_time)) / 1000 AS supplemental_oxygen_age_seconds,
    (UNIX_MILLIS(as_of) - UNIX_MILLIS(systolic_bp_time)) / 1000 AS systolic_bp_age_seconds,
    (UNIX_MILLIS(as_of) - UNIX_MILLIS(heart_rate_time)) / 1000 AS heart_rate_age_seconds,
    (UNIX_MILLIS(as_of) - UNIX_MILLIS(consciousness_time)) / 1000 AS consciousness_age_seconds,
    (UNIX_MILLIS(as_of) - UNIX_MILLIS(temperature_time)) / 1000 AS temperature_age_seconds
  FROM last_known
),
carried AS (
  -- Age limits follow the least monitoring that NEWS2 asks for (Royal College of Physicians, 2017): hourly, 3,600 s, for
  -- what a monitor measures all the time; 4-hourly, 14,400 s, for what is measured or observed from time to time.
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
),
scored AS (
  -- Points of the chart; null where the parameter is missing. Temperature counts at 0.1, rounded half-up. Without the
  -- oxygen a saturation on scale 2 has two answers: air is the least, oxygen the most.
  SELECT
    *,
    CASE
      WHEN respiratory_rate <= 8 THEN 3
      WHEN respiratory_rate <= 11 THEN 1
      WHEN respiratory_rate <= 20 THEN 0
      WHEN respiratory_rate <= 24 THEN 2
      WHEN respiratory_rate IS NOT NULL THEN 3
    END AS respiratory_rate_points,
    CASE
      WHEN spo2_scale = 2 AND supplemental_oxygen IS NOT TRUE THEN CASE
        WHEN spo2 <= 83 THEN 3
        WHEN spo2 <= 85 THEN 2
        WHEN spo2 <= 87 THEN 1
        WHEN spo2 IS NOT NULL THEN 0
      END
      WHEN spo2_scale = 2 THEN CASE
        WHEN spo2 <= 83 THEN 3
        WHEN spo2 <= 85 THEN 2
        WHEN spo2 <= 87 THEN 1
        WHEN spo2 <= 92 THEN 0
        WHEN spo2 <= 94 THEN 1
        WHEN spo2 <= 96 THEN 2
        WHEN spo2 IS NOT NULL THEN 3
      END
      ELSE CASE
        WHEN spo2 <= 91 THEN 3
        WHEN spo2 <= 93 THEN 2
        WHEN spo2 <= 95 THEN 1
        WHEN spo2 IS NOT NULL THEN 0
      END
    END AS spo2_points_least,
    CASE
      WHEN spo2_scale = 2 AND supplemental_oxygen IS FALSE THEN CASE
        WHEN spo2 <= 83 THEN 3
        WHEN spo2 <= 85 THEN 2
        WHEN spo2 <= 87 THEN 1
        WHEN spo2 IS NOT NULL THEN 0
      END
      WHEN spo2_scale = 2 THEN CASE
        WHEN spo2 <= 83 THEN 3
        WHEN spo2 <= 85 THEN 2
        WHEN spo2 <= 87 THEN 1
        WHEN spo2 <= 92 THEN 0
        WHEN spo2 <= 94 THEN 1
        WHEN spo2 <= 96 THEN 2
        WHEN spo2 IS NOT NULL THEN 3
      END
      ELSE CASE
        WHEN spo2 <= 91 THEN 3
        WHEN spo2 <= 93 THEN 2
        WHEN spo2 <= 95 THEN 1
        WHEN spo2 IS NOT NULL THEN 0
      END
    END AS spo2_points_most,
    CASE
      WHEN systolic_bp <= 90 THEN 3
      WHEN systolic_bp <= 100 THEN 2
      WHEN systolic_bp <= 110 THEN 1
      WHEN systolic_bp <= 219 THEN 0
      WHEN systolic_bp IS NOT NULL THEN 3
    END AS systolic_bp_points,
    CASE
      WHEN heart_rate <= 40 THEN 3
      WHEN heart_rate <= 50 THEN 1
      WHEN heart_rate <= 90 THEN 0
      WHEN heart_rate <= 110 THEN 1
      WHEN heart_rate <= 130 THEN 2
      WHEN heart_rate IS NOT NULL THEN 3
    END AS heart_rate_points,
    CASE
      WHEN consciousness = 'A' THEN 0
      WHEN consciousness = 'C' THEN 3
      WHEN consciousness = 'V' THEN 3
      WHEN consciousness = 'P' THEN 3
      WHEN consciousness = 'U' THEN 3
    END AS consciousness_points,
    CASE
      WHEN FLOOR((ROUND(temperature * 100) + 5) / 10) <= 350 THEN 3
      WHEN FLOOR((ROUND(temperature * 100) + 5) / 10) <= 360 THEN 1
      WHEN FLOOR((ROUND(temperature * 100) + 5) / 10) <= 380 THEN 0
      WHEN FLOOR((ROUND(temperature * 100) + 5) / 10) <= 390 THEN 1
      WHEN temperature IS NOT NULL THEN 2
    END AS temperature_points
  FROM carried
),
bounds AS (
  SELECT
    *,
    COALESCE(respiratory_rate_points, 0)
    + COALESCE(spo2_points_least, 0)
    + COALESCE(systolic_bp_points, 0)
    + COALESCE(heart_rate_points, 0)
    + COALESCE(consciousness_points, 0)
    + COALESCE(temperature_points, 0)
    + IF(supplemental_oxygen IS TRUE, 2, 0) AS total_low,
    COALESCE(respiratory_rate_points, 3)
    + COALESCE(spo2_points_most, 3)
    + COALESCE(systolic_bp_points, 3)
    + COALESCE(heart_rate_points, 3)
    + COALESCE(consciousness_points, 3)
    + COALESCE(temperature_points, 3)
    + IF(supplemental_oxygen IS FALSE, 0, 2) AS total_high,
    GREATEST(
      COALESCE(respiratory_rate_points, 0),
      COALESCE(spo2_points_least, 0),
      COALESCE(systolic_bp_points, 0),
      COALESCE(heart_rate_points, 0),
      COALESCE(consciousness_points, 0),
      COALESCE(temperature_points, 0)
    ) >= 3 AS red_certain,
    GREATEST(
      COALESCE(respiratory_rate_points, 3),
      COALESCE(spo2_points_most, 3),
      COALESCE(systolic_bp_points, 3),
      COALESCE(heart_rate_points, 3),
      COALESCE(consciousness_points, 3),
      COALESCE(temperature_points, 3)
    ) >= 3 AS red_possible
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
    WHEN news2_reason IS NOT NULL THEN NULL
    WHEN total_low >= 7 THEN 'high'
    WHEN total_low >= 5 THEN 'medium'
    WHEN red_certain THEN 'low-medium'
    ELSE 'low'
  END AS news2_band_low,
  CASE
    WHEN news2_reason IS NOT NULL THEN NULL
    WHEN total_high >= 7 THEN 'high'
    WHEN total_high >= 5 THEN 'medium'
    WHEN red_possible THEN 'low-medium'
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
FROM bounds;
