-- Least, average and greatest value of each vital sign of one patient by the hour.
-- Chart: table with heat map; dimensions window_start (date hour), vital; metrics min_value, average_value, max_value, n; parameter patient_id.
-- Reads hours of the days chosen, of one patient.
SELECT window_start, vital, min_value, average_value, max_value, n
FROM gold.vital_signs_hourly_average
WHERE event_date BETWEEN PARSE_DATE('%Y%m%d', @DS_START_DATE) AND PARSE_DATE('%Y%m%d', @DS_END_DATE)
  AND patient_id = @patient_id
