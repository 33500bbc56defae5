-- Patients now, by risk: scorecards, and a ring by band.
-- Chart: four scorecards (SUM of patients: all, high, medium, low-medium) and a ring; dimension risk_band.
-- Reads minutes of the last day; a patient counts who has sent within ten minutes of the latest reading of all.
WITH seen AS (
  SELECT patient_id, ward, risk_band, window_start
  FROM gold.patient_risk_by_minute
  WHERE event_date >= DATE_SUB(PARSE_DATE('%Y%m%d', @DS_END_DATE), INTERVAL 1 DAY)
    AND event_date <= PARSE_DATE('%Y%m%d', @DS_END_DATE)
  QUALIFY ROW_NUMBER() OVER (PARTITION BY patient_id ORDER BY window_start DESC) = 1
)
SELECT ward, COALESCE(risk_band, 'not scored') AS risk_band, COUNT(*) AS patients
FROM seen
WHERE window_start >= TIMESTAMP_SUB((SELECT MAX(window_start) FROM seen), INTERVAL 10 MINUTE)
GROUP BY ward, COALESCE(risk_band, 'not scored')
