-- The alerts of the last day that stand, latest first.
-- Chart: table, 50 rows, sorted by event_time; dimensions as below.
-- Reads alerts of the last day. The date stands inside, before the latest row of each alert is chosen: outside it would not
-- keep the query from reading the whole table.
WITH latest AS (
  SELECT *
  FROM gold.alerts
  WHERE event_date = PARSE_DATE('%Y%m%d', @DS_END_DATE)
  QUALIFY ROW_NUMBER() OVER (PARTITION BY patient_id, alert_id ORDER BY order_key DESC) = 1
)
SELECT event_time, patient_id, ward, rule, severity, value, explanation
FROM latest
WHERE state = 'raised'
