-- Vital signs of one patient by the minute: the last value of each.
-- Chart: two time series; heart_rate, respiratory_rate, spo2 above, systolic_bp, mean_bp, diastolic_bp below; parameter patient_id.
-- Reads minutes of the days chosen, of one patient.
SELECT
  window_start,
  heart_rate,
  respiratory_rate,
  spo2,
  systolic_bp,
  diastolic_bp,
  mean_bp,
  temperature,
  glucose
FROM gold.patient_risk_by_minute
WHERE event_date BETWEEN PARSE_DATE('%Y%m%d', @DS_START_DATE) AND PARSE_DATE('%Y%m%d', @DS_END_DATE)
  AND patient_id = @patient_id
