-- NEWS2 of one patient by the minute, as an interval: what is missing widens it.
-- Chart: time series with two lines; dimension window_start (date hour minute), metrics news2_low, news2_high; parameter patient_id.
-- Reads minutes of the days chosen, of one patient.
SELECT window_start, news2_low, news2_high, risk_band, news2_missing
FROM gold.patient_risk_by_minute
WHERE event_date BETWEEN PARSE_DATE('%Y%m%d', @DS_START_DATE) AND PARSE_DATE('%Y%m%d', @DS_END_DATE)
  AND patient_id = @patient_id
