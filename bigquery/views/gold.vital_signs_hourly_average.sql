-- Hourly average of each vital sign of each patient, with its count and extremes.
-- Grain: patient x vital x hour of event time that holds at least one value.
CREATE OR REPLACE VIEW gold.vital_signs_hourly_average AS
SELECT
  event_date,
  patient_id,
  vital,
  window_start,
  IF(has_ward, ward, NULL) AS ward,
  n,
  SAFE_DIVIDE(sum_value, n) AS average_value,
  min_value,
  max_value,
  last_event_time
FROM gold.vital_signs_hourly_trend
WHERE n > 0;
