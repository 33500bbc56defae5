# One repository with both images: vitals (the command line tool) and vitals-worker (Dataflow's workers).

resource "google_artifact_registry_repository" "vitals" {
  project                = var.project
  location               = var.region
  repository_id          = var.repository
  description            = "Images vitals and vitals-worker"
  format                 = "DOCKER"
  kms_key_name           = var.kms_key
  cleanup_policy_dry_run = false
  labels                 = var.labels

  docker_config {
    # A tag is a commit, and stays with its image.
    immutable_tags = true
  }

  vulnerability_scanning_config {
    enablement_config = "INHERITED"
  }

  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"
    condition {
      tag_state  = "ANY"
      older_than = "${var.keep_days * 86400}s"
    }
  }
  # To roll back to, however old. KEEP goes before DELETE.
  cleanup_policies {
    id     = "keep-recent"
    action = "KEEP"
    most_recent_versions {
      keep_count = var.keep_versions
    }
  }
}

resource "google_artifact_registry_repository_iam_member" "reader" {
  for_each   = var.readers
  project    = var.project
  location   = google_artifact_registry_repository.vitals.location
  repository = google_artifact_registry_repository.vitals.name
  role       = "roles/artifactregistry.reader"
  member     = each.value
}

resource "google_artifact_registry_repository_iam_member" "writer" {
  for_each   = var.writers
  project    = var.project
  location   = google_artifact_registry_repository.vitals.location
  repository = google_artifact_registry_repository.vitals.name
  role       = "roles/artifactregistry.writer"
  member     = each.value
}
