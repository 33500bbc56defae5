-- Patients of the last day who have been silent for ten minutes and more, measured from the latest reading of all.
-- Chart: table, longest first; dimensions patient_id, ward, last_minute; metric silent_minutes.
-- Reads minutes of the last day.
WITH seen AS (
  SELECT patient_id, MAX(window_start) AS last_minute, MAX_BY(ward, window_start) AS ward
  FROM gold.patient_risk_by_minute
  WHERE event_date = PARSE_DATE('%Y%m%d', @DS_END_DATE)
  GROUP BY patient_id
)
SELECT
  patient_id,
  ward,
  last_minute,
  TIMESTAMP_DIFF((SELECT MAX(last_minute) FROM seen), last_minute, MINUTE) AS silent_minutes
FROM seen
WHERE TIMESTAMP_DIFF((SELECT MAX(last_minute) FROM seen), last_minute, MINUTE) >= 10
