# What a job on Dataflow needs around it. The job itself is submitted by `vitals run --engine dataflow` (docs/dataflow.md): Terraform
# cannot express an update that keeps a job's state, and has no launcher for this SDK.

resource "google_storage_bucket" "staging" {
  #checkov:skip=CKV_GCP_62:holds no readings but what a job spills; requests are recorded by Cloud Audit Logs (module iam)
  project                     = var.project
  name                        = var.staging_bucket
  location                    = var.region
  storage_class               = "STANDARD"
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = var.force_destroy
  labels                      = var.labels

  encryption {
    default_kms_key_name = var.kms_key
  }

  versioning {
    enabled = true
  }
  # What a job spills is gone when it is deleted.
  soft_delete_policy {
    retention_duration_seconds = 0
  }

  # Files staged below dataflow/ do not expire: a job that runs for a year reads them whenever it adds a worker. They are named by
  # their content, so there are few.
  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age            = var.release_days
      matches_prefix = ["releases/"]
    }
  }
  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      days_since_noncurrent_time = 7
      with_state                 = "ARCHIVED"
    }
  }
  lifecycle_rule {
    action {
      type = "AbortIncompleteMultipartUpload"
    }
    condition {
      age = 7
    }
  }
}

# Workers and committer stage, spill and clean up.
resource "google_storage_bucket_iam_member" "worker" {
  for_each = var.dataflow ? { pipeline = var.pipeline } : {}
  bucket   = google_storage_bucket.staging.name
  role     = "roles/storage.objectUser"
  member   = each.value
}

# Dataflow tags its workers so. These are the ports by which they exchange windows.
# https://cloud.google.com/dataflow/docs/guides/routes-firewall
resource "google_compute_firewall" "workers" {
  count       = var.dataflow ? 1 : 0
  project     = var.project
  name        = "${var.network_name}-dataflow"
  network     = var.network_name
  description = "Dataflow's workers among themselves"
  direction   = "INGRESS"
  priority    = 1000
  source_tags = ["dataflow"]
  target_tags = ["dataflow"]

  allow {
    protocol = "tcp"
    ports    = ["12345-12346"]
  }
}
