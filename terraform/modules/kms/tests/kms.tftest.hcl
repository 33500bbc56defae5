mock_provider "google" {}
mock_provider "google-beta" {}

variables {
  project               = "hospital-vitals-dev"
  region                = "europe-west4"
  pseudonym_key_readers = { pipeline = "serviceAccount:vitals-pipeline@hospital-vitals-dev.iam.gserviceaccount.com" }
  labels                = { application = "vitals" }
}

# Plan only: prevent_destroy would refuse the clean-up after an apply.
run "each_service_has_a_key_that_rotates" {
  command = plan

  assert {
    condition     = toset(keys(google_kms_crypto_key.vitals)) == toset(["storage", "warehouse", "pubsub", "registry", "secrets", "run"])
    error_message = "a key for each service"
  }
  assert {
    condition     = alltrue([for key in google_kms_crypto_key.vitals : key.rotation_period == "7776000s" && key.destroy_scheduled_duration == "2592000s"])
    error_message = "keys rotate after 90 days, and are destroyed 30 days after that was asked for"
  }
  assert {
    condition     = alltrue([for grant in google_kms_crypto_key_iam_member.agent : grant.role == "roles/cloudkms.cryptoKeyEncrypterDecrypter"])
    error_message = "services may use keys, not manage them"
  }
  assert {
    condition     = alltrue([for key in google_kms_crypto_key.vitals : key.labels.application == "vitals"])
    error_message = "keys carry labels"
  }
}

run "the_pseudonym_key_is_kept_in_the_region_and_read_by_name" {
  command = plan

  assert {
    condition     = google_secret_manager_secret.pseudonym_key.replication[0].user_managed[0].replicas[0].location == "europe-west4"
    error_message = "the key must not leave the region"
  }
  assert {
    condition     = google_secret_manager_secret.pseudonym_key.deletion_protection
    error_message = "the secret must be protected unless the environment says otherwise"
  }
  assert {
    condition     = [for grant in google_secret_manager_secret_iam_member.reader : grant.member] == ["serviceAccount:vitals-pipeline@hospital-vitals-dev.iam.gserviceaccount.com"]
    error_message = "nobody else may read it"
  }
}

run "a_key_that_rotates_too_seldom_is_refused" {
  command = plan
  variables {
    rotation_seconds = 31536000
  }
  expect_failures = [var.rotation_seconds]
}

run "an_unknown_protection_is_refused" {
  command = plan
  variables {
    protection_level = "CLOUD"
  }
  expect_failures = [var.protection_level]
}
