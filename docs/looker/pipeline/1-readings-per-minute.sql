-- Readings that count, by the minute of their measurement: a gap is a gap in the input or in the pipeline.
-- Chart: time series; dimension window_start (date hour minute), metrics readings (SUM), patients (SUM).
-- Reads minutes of the last day.
SELECT window_start, ward, SUM(n) AS readings, COUNT(*) AS patients
FROM gold.patient_risk_by_minute
WHERE event_date = PARSE_DATE('%Y%m%d', @DS_END_DATE)
GROUP BY window_start, ward
