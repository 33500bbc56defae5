resource "google_pubsub_topic_iam_member" "publisher" {
  for_each = var.publishers
  project  = var.project
  topic    = google_pubsub_topic.vitals.name
  role     = "roles/pubsub.publisher"
  member   = each.value
}

# Viewer beside subscriber, because a reader looks at its subscription before it pulls.
resource "google_pubsub_subscription_iam_member" "pipeline" {
  for_each     = toset(["roles/pubsub.subscriber", "roles/pubsub.viewer"])
  project      = var.project
  subscription = google_pubsub_subscription.pipeline.name
  role         = each.value
  member       = var.pipeline
}

resource "google_pubsub_topic_iam_member" "dead_letter" {
  project = var.project
  topic   = google_pubsub_topic.dead_letter.name
  role    = "roles/pubsub.publisher"
  member  = var.pipeline
}
