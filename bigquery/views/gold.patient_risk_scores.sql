-- Risk of each patient by the minute: worst NEWS2, worst anomaly and last vital signs; the latest pane is the truth.
-- Grain: patient x minute of event time.
CREATE MATERIALIZED VIEW IF NOT EXISTS gold.patient_risk_scores
PARTITION BY event_date
CLUSTER BY patient_id
OPTIONS (enable_refresh = true, refresh_interval_minutes = 5) AS
SELECT
  event_date,
  patient_id,
  window_start,
  -- n, anomaly_n, …_n and has_… are never null: they say whether the other columns hold something (docs/bigquery.md).
  MAX_BY(n, order_key) AS n,
  MAX_BY(ward IS NOT NULL, order_key) AS has_ward,
  MAX_BY(ward, order_key) AS ward,
  MAX_BY(news2_low IS NOT NULL, order_key) AS has_news2,
  MAX_BY(news2_low, order_key) AS news2_low,
  MAX_BY(news2_high, order_key) AS news2_high,
  MAX_BY(risk_band, order_key) AS risk_band,
  MAX_BY(news2_missing IS NOT NULL, order_key) AS has_news2_missing,
  MAX_BY(news2_missing, order_key) AS news2_missing,
  MAX_BY(anomaly_score IS NOT NULL, order_key) AS has_anomaly_score,
  MAX_BY(anomaly_score, order_key) AS anomaly_score,
  MAX_BY(anomaly_top IS NOT NULL, order_key) AS has_anomaly_top,
  MAX_BY(anomaly_top, order_key) AS anomaly_top,
  MAX_BY(anomaly_n, order_key) AS anomaly_n,
  MAX_BY(heart_rate_n, order_key) AS heart_rate_n,
  MAX_BY(heart_rate_last, order_key) AS heart_rate,
  MAX_BY(respiratory_rate_n, order_key) AS respiratory_rate_n,
  MAX_BY(respiratory_rate_last, order_key) AS respiratory_rate,
  MAX_BY(spo2_n, order_key) AS spo2_n,
  MAX_BY(spo2_last, order_key) AS spo2,
  MAX_BY(systolic_bp_n, order_key) AS systolic_bp_n,
  MAX_BY(systolic_bp_last, order_key) AS systolic_bp,
  MAX_BY(diastolic_bp_n, order_key) AS diastolic_bp_n,
  MAX_BY(diastolic_bp_last, order_key) AS diastolic_bp,
  MAX_BY(mean_bp_n, order_key) AS mean_bp_n,
  MAX_BY(mean_bp_last, order_key) AS mean_bp,
  MAX_BY(temperature_n, order_key) AS temperature_n,
  MAX_BY(temperature_last, order_key) AS temperature,
  MAX_BY(glucose_n, order_key) AS glucose_n,
  MAX_BY(glucose_last, order_key) AS glucose
FROM gold.patient_summary
GROUP BY event_date, patient_id, window_start;
