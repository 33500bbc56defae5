-- Rendered from schema/ by `npm run render`: change the schema, not this file.
CREATE TABLE IF NOT EXISTS gold.vitals_hourly (
  patient_id STRING NOT NULL OPTIONS (description = "Keyed pseudonym of the patient."),
  vital STRING NOT NULL OPTIONS (description = "Name of the vital sign."),
  window_start TIMESTAMP NOT NULL OPTIONS (description = "Start of the hour."),
  order_key STRING NOT NULL OPTIONS (description = "Fixed width, unique, rising: the greatest of a key is the truth."),
  pane STRING NOT NULL OPTIONS (description = "early, on_time or late."),
  ward STRING OPTIONS (description = "Ward at last_event_time (the greatest name where several readings share it)."),
  n INT64 NOT NULL OPTIONS (description = "Current readings that hold the vital; 0 when all were withdrawn."),
  sum_value FLOAT64 OPTIONS (description = "Sum, in the unit of the vital."),
  min_value FLOAT64 OPTIONS (description = "Least value."),
  max_value FLOAT64 OPTIONS (description = "Greatest value."),
  last_event_time TIMESTAMP OPTIONS (description = "Latest event_time that holds the vital."),
  batch INT64 NOT NULL OPTIONS (description = "Sequence of the batch that fired this pane."),
  event_date DATE NOT NULL OPTIONS (description = "UTC date of window_start.")
)
PARTITION BY event_date
CLUSTER BY patient_id, vital
OPTIONS (
  description = "Patient x vital x hour: count, sum and extremes. Key: patient_id, vital, window_start, order_key.",
  labels = [("application", "vitals"), ("tier", "gold"), ("data", "pseudonymous")]
);
