-- Alerts that stand: the latest row of each alert, unless it withdraws it.
-- Grain: alert.
CREATE OR REPLACE VIEW gold.current_alerts AS
WITH latest AS (
  -- An alert belongs to one patient; naming the patient here lets a filter on patient_id reach the table.
  SELECT *
  FROM gold.alerts
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY patient_id, alert_id ORDER BY order_key DESC) = 1
)
SELECT *
FROM latest
WHERE state = 'raised';
