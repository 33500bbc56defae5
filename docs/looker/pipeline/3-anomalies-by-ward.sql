-- Share of readings at or above the model's threshold, by ward: the model's false-alarm rate, if the wards are well.
-- Chart: bars; dimension ward, metric anomaly_share (percent).
-- Reads minutes of the last day.
SELECT ward, SUM(anomaly_n) AS anomalies, SUM(n) AS readings, SAFE_DIVIDE(SUM(anomaly_n), SUM(n)) AS anomaly_share
FROM gold.patient_risk_by_minute
WHERE event_date = PARSE_DATE('%Y%m%d', @DS_END_DATE)
GROUP BY ward
