-- Alerts that stand, by rule and severity.
-- Chart: stacked bars, most first; dimension rule, breakdown severity, metric alerts (SUM).
-- Reads wards of the days chosen.
SELECT rule, severity, ward, SUM(n) AS alerts
FROM gold.ward_alert_counts
WHERE event_date BETWEEN PARSE_DATE('%Y%m%d', @DS_START_DATE) AND PARSE_DATE('%Y%m%d', @DS_END_DATE)
GROUP BY rule, severity, ward
