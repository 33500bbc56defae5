# One key for each service that keeps something of a patient: any of them can be taken out of use alone.

locals {
  keys = toset(["storage", "warehouse", "pubsub", "registry", "secrets", "run"])
}

resource "google_kms_key_ring" "vitals" {
  project  = var.project
  name     = var.key_ring
  location = var.region
}

resource "google_kms_crypto_key" "vitals" {
  for_each                   = local.keys
  name                       = "vitals-${each.key}"
  key_ring                   = google_kms_key_ring.vitals.id
  purpose                    = "ENCRYPT_DECRYPT"
  rotation_period            = "${var.rotation_seconds}s"
  destroy_scheduled_duration = "${30 * 86400}s"
  labels                     = var.labels

  version_template {
    algorithm        = "GOOGLE_SYMMETRIC_ENCRYPTION"
    protection_level = var.protection_level
  }

  lifecycle {
    # Without its key everything that it encrypts is lost.
    prevent_destroy = true
  }
}

# The accounts by which the services themselves encrypt.
resource "google_project_service_identity" "agent" {
  provider = google-beta
  for_each = toset(["pubsub", "artifactregistry", "secretmanager", "run"])
  project  = var.project
  service  = "${each.key}.googleapis.com"
}

data "google_storage_project_service_account" "agent" {
  project = var.project
}

data "google_bigquery_default_service_account" "agent" {
  project = var.project
}

locals {
  agents = {
    storage   = "serviceAccount:${data.google_storage_project_service_account.agent.email_address}"
    warehouse = "serviceAccount:${data.google_bigquery_default_service_account.agent.email}"
    pubsub    = google_project_service_identity.agent["pubsub"].member
    registry  = google_project_service_identity.agent["artifactregistry"].member
    secrets   = google_project_service_identity.agent["secretmanager"].member
    run       = google_project_service_identity.agent["run"].member
  }
}

resource "google_kms_crypto_key_iam_member" "agent" {
  for_each      = local.keys
  crypto_key_id = google_kms_crypto_key.vitals[each.key].id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = local.agents[each.key]
}
