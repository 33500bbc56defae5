-- Rendered from schema/ by `npm run render`: change the schema, not this file.
CREATE TABLE IF NOT EXISTS gold.alerts (
  alert_id STRING NOT NULL OPTIONS (description = "Hash of reading_id, rule and rule_version (22 characters, base64url)."),
  order_key STRING NOT NULL OPTIONS (description = "Fixed width, unique, rising: the greatest of an alert_id is the truth."),
  state STRING NOT NULL OPTIONS (description = "raised or withdrawn."),
  rule STRING NOT NULL OPTIONS (description = "Name of the rule."),
  rule_version STRING NOT NULL OPTIONS (description = "Version of the rules."),
  severity STRING NOT NULL OPTIONS (description = "warning, urgent or critical."),
  patient_id STRING NOT NULL OPTIONS (description = "Keyed pseudonym of the patient."),
  ward STRING OPTIONS (description = "Ward of the reading."),
  bed STRING OPTIONS (description = "Bed of the reading."),
  reading_id STRING NOT NULL OPTIONS (description = "The reading that raised it."),
  value FLOAT64 OPTIONS (description = "The value that the rule looked at."),
  explanation STRING NOT NULL OPTIONS (description = "One sentence for a person."),
  event_time TIMESTAMP NOT NULL OPTIONS (description = "When it was measured."),
  publish_time TIMESTAMP OPTIONS (description = "When the broker took the message."),
  receive_time TIMESTAMP NOT NULL OPTIONS (description = "When the pipeline pulled the message."),
  commit_time TIMESTAMP NOT NULL OPTIONS (description = "When the row was made ready for its commit."),
  batch INT64 NOT NULL OPTIONS (description = "Sequence of the batch that raised it."),
  event_date DATE NOT NULL OPTIONS (description = "UTC date of event_time.")
)
PARTITION BY event_date
CLUSTER BY ward
OPTIONS (
  description = "Explained alerts; a reading that loses or is withdrawn withdraws its alerts by a later row. Key: alert_id, order_key.",
  labels = [("application", "vitals"), ("tier", "gold"), ("data", "pseudonymous")]
);
