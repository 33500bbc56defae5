-- Rendered from schema/ by `npm run render`: change the schema, not this file.
CREATE TABLE IF NOT EXISTS gold.ward_alerts_hourly (
  ward STRING NOT NULL OPTIONS (description = "Ward, or unknown."),
  rule STRING NOT NULL OPTIONS (description = "Name of the rule."),
  severity STRING NOT NULL OPTIONS (description = "warning, urgent or critical."),
  window_start TIMESTAMP NOT NULL OPTIONS (description = "Start of the hour."),
  order_key STRING NOT NULL OPTIONS (description = "Fixed width, unique, rising: the greatest of a key is the truth."),
  pane STRING NOT NULL OPTIONS (description = "early, on_time or late."),
  n INT64 NOT NULL OPTIONS (description = "Alerts that stand; 0 when all were withdrawn."),
  batch INT64 NOT NULL OPTIONS (description = "Sequence of the batch that fired this pane."),
  event_date DATE NOT NULL OPTIONS (description = "UTC date of window_start.")
)
PARTITION BY event_date
CLUSTER BY ward
OPTIONS (
  description = "Ward x rule x severity x hour: alerts that stand (raised and not withdrawn). Key: ward, rule, severity, window_start, order_key.",
  labels = [("application", "vitals"), ("tier", "gold"), ("data", "pseudonymous")]
);
