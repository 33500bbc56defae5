-- Rendered from schema/ by `npm run render`: change the schema, not this file.
CREATE TABLE IF NOT EXISTS gold.alert_events (
  alert_id STRING NOT NULL OPTIONS (description = "The alert that was acted on."),
  event_number INT64 NOT NULL OPTIONS (description = "1 for the first event of the alert, then 2: the greatest is where it stands."),
  status STRING NOT NULL OPTIONS (description = "acknowledged or resolved."),
  who STRING NOT NULL OPTIONS (description = "Who acted, as given: a member of staff, never a patient. Restricted: may identify a person."),
  note STRING OPTIONS (description = "What they noted, if anything. Restricted: may identify a person."),
  acted_at TIMESTAMP NOT NULL OPTIONS (description = "When it was recorded.")
)
CLUSTER BY alert_id
OPTIONS (
  description = "What people did about alerts, append-only: acknowledged, resolved. An alert without a row is open. Key: alert_id, event_number.",
  labels = [("application", "vitals"), ("tier", "gold"), ("data", "identifying")]
);
