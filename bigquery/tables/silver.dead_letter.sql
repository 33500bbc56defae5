-- Rendered from schema/ by `npm run render`: change the schema, not this file.
CREATE TABLE IF NOT EXISTS silver.dead_letter (
  batch INT64 NOT NULL OPTIONS (description = "Sequence of the batch."),
  `offset` INT64 NOT NULL OPTIONS (description = "Offset of the message in its batch."),
  item INT64 NOT NULL OPTIONS (description = "Item of the message, from 0."),
  stage STRING NOT NULL OPTIONS (description = "decode, cleanse or deduplicate."),
  reason STRING NOT NULL OPTIONS (description = "Reason code (docs/dead-letters.md)."),
  field STRING OPTIONS (description = "Field that was refused; null when the whole item was."),
  scope STRING NOT NULL OPTIONS (description = "item (counts in I2), field (the rest of the reading went through) or conflict."),
  detail STRING NOT NULL OPTIONS (description = "What was wrong, without any value that could identify a person."),
  original BYTES NOT NULL OPTIONS (description = "The message, byte for byte. Restricted: may identify a person."),
  source_message_id STRING NOT NULL OPTIONS (description = "message_id of the bronze message."),
  receive_time TIMESTAMP NOT NULL OPTIONS (description = "When the message was pulled."),
  rule_version STRING NOT NULL OPTIONS (description = "Version of the rules that refused it."),
  receive_date DATE NOT NULL OPTIONS (description = "UTC date of receive_time.")
)
PARTITION BY receive_date
CLUSTER BY reason
OPTIONS (
  description = "Rejected items, rejected fields and losing versions, with reason and original bytes. Key: batch, offset, item, stage, reason, field.",
  partition_expiration_days = 90,
  require_partition_filter = TRUE,
  labels = [("application", "vitals"), ("tier", "silver"), ("data", "identifying")]
);
