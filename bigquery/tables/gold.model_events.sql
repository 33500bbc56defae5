-- Rendered from schema/ by `npm run render`: change the schema, not this file.
CREATE TABLE IF NOT EXISTS gold.model_events (
  event_number INT64 NOT NULL OPTIONS (description = "1 for the first event of the lake, then 2: together they say which model is what."),
  event STRING NOT NULL OPTIONS (description = "registered, challenged, promoted, rolled_back or retired."),
  model_id STRING NOT NULL OPTIONS (description = "The model that it is about."),
  previous_model_id STRING OPTIONS (description = "The champion until then, where another one took its place."),
  who STRING NOT NULL OPTIONS (description = "Who decided: staff or a scheduler. Restricted: may identify a person."),
  reason STRING OPTIONS (description = "Why, as given."),
  acted_at TIMESTAMP NOT NULL OPTIONS (description = "When it was recorded.")
)
CLUSTER BY event_number
OPTIONS (
  description = "What was decided about models, append-only: registered, challenged, promoted, rolled back, retired. Key: event_number.",
  labels = [("application", "vitals"), ("tier", "gold"), ("data", "identifying")]
);
