-- Alerts that stand, by ward and hour of the day.
-- Chart: pivot table with heat map; rows ward, columns hour_of_day, metric alerts (SUM).
-- Reads wards of the days chosen.
SELECT ward, EXTRACT(HOUR FROM window_start) AS hour_of_day, severity, SUM(n) AS alerts
FROM gold.ward_alert_counts
WHERE event_date BETWEEN PARSE_DATE('%Y%m%d', @DS_START_DATE) AND PARSE_DATE('%Y%m%d', @DS_END_DATE)
GROUP BY ward, EXTRACT(HOUR FROM window_start), severity
