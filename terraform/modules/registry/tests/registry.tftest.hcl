mock_provider "google" {}

variables {
  project = "hospital-vitals-dev"
  region  = "europe-west4"
  kms_key = "projects/hospital-vitals-dev/locations/europe-west4/keyRings/vitals/cryptoKeys/vitals-registry"
  readers = { pipeline = "serviceAccount:vitals-pipeline@hospital-vitals-dev.iam.gserviceaccount.com" }
}

run "a_tag_stays_with_its_image" {
  command = plan

  assert {
    condition     = google_artifact_registry_repository.vitals.docker_config[0].immutable_tags
    error_message = "tags are immutable"
  }
  assert {
    condition     = google_artifact_registry_repository.vitals.kms_key_name == var.kms_key
    error_message = "images are encrypted with the customer's key"
  }
  assert {
    condition     = google_artifact_registry_repository.vitals.vulnerability_scanning_config[0].enablement_config == "INHERITED"
    error_message = "images are scanned where the project is"
  }
  assert {
    condition     = toset([for policy in google_artifact_registry_repository.vitals.cleanup_policies : policy.action]) == toset(["KEEP", "DELETE"])
    error_message = "old images go, recent ones stay"
  }
  assert {
    condition     = output.repository == "europe-west4-docker.pkg.dev/hospital-vitals-dev/vitals"
    error_message = "the address that cloudbuild.yaml pushes to"
  }
}

run "nothing_to_roll_back_to_is_refused" {
  command = plan
  variables {
    keep_versions = 1
  }
  expect_failures = [var.keep_versions]
}
