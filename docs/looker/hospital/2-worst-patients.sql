-- Who is worst off: the latest minute of each patient, worst NEWS2 first.
-- Chart: table with bars, 20 rows; dimensions patient_id, ward, risk_band, news2_missing; metrics as below.
-- Reads minutes of the last day.
SELECT
  patient_id,
  ward,
  risk_band,
  news2_low,
  news2_high,
  news2_missing,
  heart_rate,
  respiratory_rate,
  spo2,
  systolic_bp,
  temperature,
  window_start AS last_minute
FROM gold.patient_risk_by_minute
WHERE event_date >= DATE_SUB(PARSE_DATE('%Y%m%d', @DS_END_DATE), INTERVAL 1 DAY)
  AND event_date <= PARSE_DATE('%Y%m%d', @DS_END_DATE)
QUALIFY ROW_NUMBER() OVER (PARTITION BY patient_id ORDER BY window_start DESC) = 1
