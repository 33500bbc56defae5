-- Alerts that stand, by the hour and severity.
-- Chart: stacked columns; dimension window_start (date hour), breakdown severity, metric alerts (SUM).
-- Reads wards of the days chosen.
SELECT window_start, ward, severity, SUM(n) AS alerts
FROM gold.ward_alert_counts
WHERE event_date BETWEEN PARSE_DATE('%Y%m%d', @DS_START_DATE) AND PARSE_DATE('%Y%m%d', @DS_END_DATE)
GROUP BY window_start, ward, severity
