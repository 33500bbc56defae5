output "topic" {
  description = "The topic as `vitals simulate --sink` takes it."
  value       = "pubsub:${google_pubsub_topic.vitals.id}"
}

output "subscription" {
  description = "The subscription as `vitals run --source` takes it."
  value       = "pubsub:${google_pubsub_subscription.pipeline.id}"
}

output "dead_letter_topic" {
  description = "The topic as `vitals run --dead-letter-topic` takes it."
  value       = "pubsub:${google_pubsub_topic.dead_letter.id}"
}

output "subscription_name" {
  description = "Short name of the pipeline's subscription, as metrics have it."
  value       = google_pubsub_subscription.pipeline.name
}

output "dead_letter_subscription_name" {
  description = "Short name of the subscription of dead letters, as metrics have it."
  value       = google_pubsub_subscription.dead_letter.name
}
