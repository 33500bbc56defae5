-- Patients with most alerts on the last day: where rules may need another limit, or a patient another ward.
-- Chart: bars, 20, most first; dimension patient_id, breakdown severity, metric alerts (SUM).
-- Reads alerts of the last day.
WITH latest AS (
  SELECT patient_id, ward, severity, state
  FROM gold.alerts
  WHERE event_date = PARSE_DATE('%Y%m%d', @DS_END_DATE)
  QUALIFY ROW_NUMBER() OVER (PARTITION BY patient_id, alert_id ORDER BY order_key DESC) = 1
)
SELECT patient_id, ward, severity, COUNT(*) AS alerts
FROM latest
WHERE state = 'raised'
GROUP BY patient_id, ward, severity
