-- Alerts that stand (raised and not withdrawn), counted: the latest pane of each hour is the truth.
-- Grain: ward x rule x severity x hour of event time.
CREATE MATERIALIZED VIEW IF NOT EXISTS gold.ward_alert_counts
PARTITION BY event_date
CLUSTER BY ward, rule, severity
OPTIONS (enable_refresh = true, refresh_interval_minutes = 5) AS
SELECT
  event_date,
  ward,
  rule,
  severity,
  window_start,
  MAX_BY(n, order_key) AS n
FROM gold.ward_alerts_hourly
GROUP BY event_date, ward, rule, severity, window_start;
