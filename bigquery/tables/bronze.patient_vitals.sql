-- Rendered from schema/ by `npm run render`: change the schema, not this file.
CREATE TABLE IF NOT EXISTS bronze.patient_vitals (
  batch INT64 NOT NULL OPTIONS (description = "Sequence of the batch that froze this message."),
  `offset` INT64 NOT NULL OPTIONS (description = "Position of the message in its batch, from 0."),
  message_id STRING NOT NULL OPTIONS (description = "The payload's own message_id (of HL7 v2: MSH-10), else the broker's, else the payload's SHA-256 in hex. Not unique."),
  publish_time TIMESTAMP OPTIONS (description = "When the broker took the message."),
  receive_time TIMESTAMP NOT NULL OPTIONS (description = "When this pipeline pulled the message."),
  source STRING NOT NULL OPTIONS (description = "URL of the source, without secrets."),
  dialect STRING OPTIONS (description = "Declared dialect, null if none."),
  attributes STRING OPTIONS (description = "Message attributes as a JSON object, keys sorted; null when there are none. Restricted: may identify a person."),
  payload BYTES NOT NULL OPTIONS (description = "The message, byte for byte. Restricted: may identify a person."),
  payload_sha256 BYTES NOT NULL OPTIONS (description = "SHA-256 of the payload (32 bytes)."),
  receive_date DATE NOT NULL OPTIONS (description = "UTC date of receive_time.")
)
PARTITION BY receive_date
CLUSTER BY batch
OPTIONS (
  description = "Every message as it was received, bytes untouched. Key: batch, offset.",
  partition_expiration_days = 90,
  require_partition_filter = TRUE,
  labels = [("application", "vitals"), ("tier", "bronze"), ("data", "identifying")]
);
