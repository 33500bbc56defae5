-- Anomaly score of one patient by the minute, and what made it so.
-- Chart: time series of anomaly_score, and a table of the minutes with anomaly_n > 0 and anomaly_top; parameter patient_id.
-- Reads minutes of the days chosen, of one patient.
SELECT window_start, anomaly_score, anomaly_n, anomaly_top
FROM gold.patient_risk_by_minute
WHERE event_date BETWEEN PARSE_DATE('%Y%m%d', @DS_START_DATE) AND PARSE_DATE('%Y%m%d', @DS_END_DATE)
  AND patient_id = @patient_id
  AND anomaly_score IS NOT NULL
