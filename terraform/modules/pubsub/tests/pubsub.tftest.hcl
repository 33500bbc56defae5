mock_provider "google" {}

variables {
  project    = "hospital-vitals-dev"
  region     = "europe-west4"
  kms_key    = "projects/hospital-vitals-dev/locations/europe-west4/keyRings/vitals/cryptoKeys/vitals-pubsub"
  pipeline   = "serviceAccount:vitals-pipeline@hospital-vitals-dev.iam.gserviceaccount.com"
  publishers = { simulator = "serviceAccount:vitals-simulator@hospital-vitals-dev.iam.gserviceaccount.com" }
}

run "readings_are_ordered_kept_and_encrypted" {
  command = plan

  assert {
    condition     = google_pubsub_subscription.pipeline.name == "vitals-pipeline" && google_pubsub_subscription.pipeline.enable_message_ordering && google_pubsub_subscription.pipeline.enable_exactly_once_delivery
    error_message = "a patient's readings keep their order, and what is acknowledged does not come again"
  }
  assert {
    condition     = alltrue([for topic in [google_pubsub_topic.vitals, google_pubsub_topic.dead_letter] : topic.kms_key_name == var.kms_key])
    error_message = "messages are encrypted with the customer's key"
  }
  assert {
    condition = alltrue([
      for topic in [google_pubsub_topic.vitals, google_pubsub_topic.dead_letter] :
      topic.message_storage_policy[0].allowed_persistence_regions == toset(["europe-west4"]) && topic.message_storage_policy[0].enforce_in_transit
    ])
    error_message = "messages stay in the region"
  }
  assert {
    condition     = alltrue([for subscription in [google_pubsub_subscription.pipeline, google_pubsub_subscription.dead_letter] : subscription.expiration_policy[0].ttl == ""])
    error_message = "subscriptions never expire"
  }
  assert {
    condition     = google_pubsub_topic.dead_letter.name == "vitals-dead-letter" && length(google_pubsub_subscription.pipeline.dead_letter_policy) == 0
    error_message = "dead letters are the pipeline's own: Dataflow knows no policy of a subscription"
  }
  assert {
    condition     = google_pubsub_topic_iam_member.dead_letter.role == "roles/pubsub.publisher" && google_pubsub_topic_iam_member.dead_letter.member == var.pipeline
    error_message = "the pipeline publishes dead letters"
  }
  assert {
    condition     = toset([for grant in google_pubsub_subscription_iam_member.pipeline : grant.role]) == toset(["roles/pubsub.subscriber", "roles/pubsub.viewer"])
    error_message = "the pipeline reads its own subscription and nothing else"
  }
}

run "a_subscription_keeps_what_it_can" {
  command = plan
  variables {
    retention_days = 31
  }

  assert {
    condition     = google_pubsub_topic.vitals.message_retention_duration == "2678400s" && google_pubsub_subscription.pipeline.message_retention_duration == "604800s"
    error_message = "31 days in the topic, 7 in the subscription"
  }
}

run "a_schema_is_attached_only_when_asked_for" {
  command = plan

  assert {
    condition     = length(google_pubsub_topic.vitals.schema_settings) == 0
    error_message = "a refused message would never become a dead letter"
  }
}

run "an_attached_schema_is_json" {
  command = apply
  variables {
    attach_schema = true
  }

  assert {
    condition     = google_pubsub_topic.vitals.schema_settings[0].encoding == "JSON" && google_pubsub_topic.vitals.schema_settings[0].schema == google_pubsub_schema.reading.id
    error_message = "readings are JSON"
  }
}

run "no_message_is_kept_for_32_days" {
  command = plan
  variables {
    retention_days = 32
  }
  expect_failures = [var.retention_days]
}

run "names_of_google_are_refused" {
  command = plan
  variables {
    topic = "google-vitals"
  }
  expect_failures = [var.topic]
}
