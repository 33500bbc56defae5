# The key that pseudonyms are made with. Terraform makes the container only: its value would stand in the state. It is put there once:
#   openssl rand -hex 32 | tr -d '\n' | gcloud secrets versions add vitals-pseudonym-key --data-file=-
resource "google_secret_manager_secret" "pseudonym_key" {
  project             = var.project
  secret_id           = "vitals-pseudonym-key"
  deletion_protection = var.deletion_protection
  # An old version must stay readable until nothing runs with it.
  version_destroy_ttl = "${7 * 86400}s"
  labels              = var.labels

  replication {
    user_managed {
      replicas {
        location = var.region
        customer_managed_encryption {
          kms_key_name = google_kms_crypto_key.vitals["secrets"].id
        }
      }
    }
  }

  depends_on = [google_kms_crypto_key_iam_member.agent]
}

resource "google_secret_manager_secret_iam_member" "reader" {
  for_each  = var.pseudonym_key_readers
  project   = var.project
  secret_id = google_secret_manager_secret.pseudonym_key.secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = each.value
}
