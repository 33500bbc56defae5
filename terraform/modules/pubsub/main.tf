# What `vitals pubsub setup` makes, as code: the same names, settings and schema (docs/pubsub.md).

locals {
  day = 86400
}

resource "google_pubsub_schema" "reading" {
  project    = var.project
  name       = "${var.topic}-reading"
  type       = "AVRO"
  definition = trimspace(file("${path.module}/reading.schema"))
}

resource "google_pubsub_topic" "vitals" {
  project                    = var.project
  name                       = var.topic
  kms_key_name               = var.kms_key
  message_retention_duration = "${var.retention_days * local.day}s"
  labels                     = var.labels

  message_storage_policy {
    allowed_persistence_regions = [var.region]
    enforce_in_transit          = true
  }

  dynamic "schema_settings" {
    for_each = var.attach_schema ? [google_pubsub_schema.reading.id] : []
    content {
      schema   = schema_settings.value
      encoding = "JSON"
    }
  }
}

resource "google_pubsub_subscription" "pipeline" {
  project                      = var.project
  name                         = var.subscription
  topic                        = google_pubsub_topic.vitals.id
  ack_deadline_seconds         = 60
  enable_message_ordering      = true
  enable_exactly_once_delivery = var.exactly_once
  # Seven days is the most that a subscription keeps.
  message_retention_duration = "${min(var.retention_days, 7) * local.day}s"
  labels                     = var.labels

  expiration_policy {
    ttl = ""
  }
}

# Dead letters are published by the pipeline itself, with their reason: Dataflow knows no dead-letter policy of a subscription, and a
# message that cannot be read is no failed delivery.
resource "google_pubsub_topic" "dead_letter" {
  project                    = var.project
  name                       = "${var.topic}-dead-letter"
  kms_key_name               = var.kms_key
  message_retention_duration = "${31 * local.day}s"
  labels                     = var.labels

  message_storage_policy {
    allowed_persistence_regions = [var.region]
    enforce_in_transit          = true
  }
}

# For whoever looks into them; what is not acknowledged here is what the alert counts.
resource "google_pubsub_subscription" "dead_letter" {
  project                    = var.project
  name                       = "${var.topic}-dead-letter"
  topic                      = google_pubsub_topic.dead_letter.id
  ack_deadline_seconds       = 600
  message_retention_duration = "${7 * local.day}s"
  labels                     = var.labels

  expiration_policy {
    ttl = ""
  }
}
