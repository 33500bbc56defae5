-- Vital signs of the hospital by the hour: the average of all values, not of the patients' averages.
-- Chart: time series, one line a ward; dimension window_start (date hour), breakdown ward, metric average_value; control vital.
-- Reads hours of the days chosen.
SELECT
  window_start,
  vital,
  IF(has_ward, ward, NULL) AS ward,
  SAFE_DIVIDE(SUM(sum_value), SUM(n)) AS average_value,
  SUM(n) AS values_measured
FROM gold.vital_signs_hourly_trend
WHERE event_date BETWEEN PARSE_DATE('%Y%m%d', @DS_START_DATE) AND PARSE_DATE('%Y%m%d', @DS_END_DATE)
  AND n > 0
GROUP BY window_start, vital, IF(has_ward, ward, NULL)
