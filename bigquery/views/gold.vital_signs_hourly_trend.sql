-- Hourly trend of each vital sign of each patient: the latest pane of each hour is the truth.
-- Grain: patient x vital x hour of event time.
CREATE MATERIALIZED VIEW IF NOT EXISTS gold.vital_signs_hourly_trend
PARTITION BY event_date
CLUSTER BY patient_id, vital
OPTIONS (enable_refresh = true, refresh_interval_minutes = 5) AS
SELECT
  event_date,
  patient_id,
  vital,
  window_start,
  -- n and has_… are never null: they say whether the other columns hold something (docs/bigquery.md).
  MAX_BY(n, order_key) AS n,
  MAX_BY(ward IS NOT NULL, order_key) AS has_ward,
  MAX_BY(ward, order_key) AS ward,
  MAX_BY(sum_value, order_key) AS sum_value,
  MAX_BY(min_value, order_key) AS min_value,
  MAX_BY(max_value, order_key) AS max_value,
  MAX_BY(last_event_time, order_key) AS last_event_time
FROM gold.vitals_hourly
GROUP BY event_date, patient_id, vital, window_start;
