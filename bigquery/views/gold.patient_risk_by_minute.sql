-- Risk of each patient by the minute, each value only where the latest pane holds one.
-- Grain: patient x minute of event time that holds a reading.
CREATE OR REPLACE VIEW gold.patient_risk_by_minute AS
SELECT
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
WHERE n > 0;
