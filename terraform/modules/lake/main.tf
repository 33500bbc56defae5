# The bucket of the lake. Its objects never change, and which of them exist is the truth: no rule here deletes one that is live.

resource "google_storage_bucket" "lake" {
  # Writes are put-if-absent, and the service's own log of each request is Cloud Audit Logs (module iam), not usage logs in a bucket.
  #checkov:skip=CKV_GCP_62:reads and writes are recorded by Cloud Audit Logs (module iam); usage logs in a bucket would say less
  project                     = var.project
  name                        = var.bucket
  location                    = var.location
  storage_class               = "STANDARD"
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = var.force_destroy
  labels                      = var.labels

  encryption {
    default_kms_key_name = var.kms_key
  }

  # Compaction and clean-up delete for good; what they deleted by mistake can be had back for so long. A retention policy is
  # impossible: it would refuse the deletion of locks, landing files and logs, without which a lake cannot run.
  versioning {
    enabled = true
  }
  soft_delete_policy {
    retention_duration_seconds = var.soft_delete_days * 86400
  }

  # Bronze is written once and read by audits and replays.
  dynamic "lifecycle_rule" {
    for_each = local.colder
    content {
      action {
        type          = "SetStorageClass"
        storage_class = lifecycle_rule.value.class
      }
      condition {
        age                   = lifecycle_rule.value.days
        matches_prefix        = ["${var.prefix}/bronze/"]
        matches_storage_class = lifecycle_rule.value.from
        with_state            = "LIVE"
      }
    }
  }

  # Only what has been replaced or deleted already.
  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      days_since_noncurrent_time = var.noncurrent_days
      with_state                 = "ARCHIVED"
    }
  }
  # Locks are renewed every ten seconds, and landing files hold what bronze has as well: nobody wants those back.
  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      days_since_noncurrent_time = 1
      with_state                 = "ARCHIVED"
      matches_prefix             = ["${var.prefix}/_writer.lock/", "${var.prefix}/_stream/"]
    }
  }
  # Pieces of uploads that were never finished: they are no objects yet.
  lifecycle_rule {
    action {
      type = "AbortIncompleteMultipartUpload"
    }
    condition {
      age = 7
    }
  }
}

locals {
  colder = concat(
    var.nearline_days == null ? [] : [{ class = "NEARLINE", days = var.nearline_days, from = ["STANDARD"] }],
    var.coldline_days == null ? [] : [{ class = "COLDLINE", days = var.coldline_days, from = ["STANDARD", "NEARLINE"] }],
  )
}

# Create, get, list and delete: docs/storage.md.
resource "google_storage_bucket_iam_member" "writer" {
  for_each = var.writers
  bucket   = google_storage_bucket.lake.name
  role     = "roles/storage.objectUser"
  member   = each.value
}

resource "google_storage_bucket_iam_member" "reader" {
  for_each = var.readers
  bucket   = google_storage_bucket.lake.name
  role     = "roles/storage.objectViewer"
  member   = each.value
}
