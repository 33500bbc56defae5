mock_provider "google" {}

variables {
  project       = "hospital-vitals-dev"
  location      = "europe-west4"
  bucket        = "hospital-vitals-dev-vitals-lake"
  kms_key       = "projects/hospital-vitals-dev/locations/europe-west4/keyRings/vitals/cryptoKeys/vitals-storage"
  nearline_days = 30
  coldline_days = 120
  writers       = { pipeline = "serviceAccount:vitals-pipeline@hospital-vitals-dev.iam.gserviceaccount.com" }
}

run "the_bucket_is_private_and_encrypted" {
  command = plan

  assert {
    condition     = google_storage_bucket.lake.uniform_bucket_level_access && google_storage_bucket.lake.public_access_prevention == "enforced"
    error_message = "nothing of the lake is public, whatever the access lists of an object say"
  }
  assert {
    condition     = google_storage_bucket.lake.encryption[0].default_kms_key_name == var.kms_key
    error_message = "objects are encrypted with the customer's key"
  }
  assert {
    condition     = google_storage_bucket.lake.location == "europe-west4"
    error_message = "the lake lies in the one region"
  }
  assert {
    condition     = !google_storage_bucket.lake.force_destroy
    error_message = "a bucket that is not empty is not deleted"
  }
  assert {
    condition     = [for grant in google_storage_bucket_iam_member.writer : grant.role] == ["roles/storage.objectUser"]
    error_message = "writers create, read and delete objects, and cannot change the bucket"
  }
}

run "no_rule_deletes_a_live_object" {
  command = plan

  assert {
    condition = alltrue([
      for rule in google_storage_bucket.lake.lifecycle_rule : one(rule.condition).with_state == "ARCHIVED" && one(rule.condition).days_since_noncurrent_time >= 1
      if one(rule.action).type == "Delete"
    ])
    error_message = "which objects exist is the truth of a lake"
  }
  assert {
    condition     = length([for rule in google_storage_bucket.lake.lifecycle_rule : rule if one(rule.action).type == "Delete"]) == 2
    error_message = "old versions go, those of locks and landing files sooner"
  }
  assert {
    condition     = length(google_storage_bucket.lake.retention_policy) == 0
    error_message = "a retention policy would refuse the deletion of locks and landing files: a lake cannot run so"
  }
  assert {
    condition     = google_storage_bucket.lake.versioning[0].enabled && google_storage_bucket.lake.soft_delete_policy[0].retention_duration_seconds == 604800
    error_message = "what was deleted by mistake can be had back"
  }
}

run "only_bronze_gets_colder" {
  command = plan

  assert {
    condition = [
      for rule in google_storage_bucket.lake.lifecycle_rule : "${one(rule.action).storage_class} ${one(rule.condition).age} ${one(one(rule.condition).matches_prefix)}"
      if one(rule.action).type == "SetStorageClass"
    ] == ["NEARLINE 30 lake/bronze/", "COLDLINE 120 lake/bronze/"]
    error_message = "silver and gold are read all the time"
  }
}

run "nothing_gets_colder_unless_asked_for" {
  command = plan
  variables {
    nearline_days = null
    coldline_days = null
  }

  assert {
    condition     = length([for rule in google_storage_bucket.lake.lifecycle_rule : rule if one(rule.action).type == "SetStorageClass"]) == 0
    error_message = "no storage class is set"
  }
}

run "a_name_of_google_is_refused" {
  command = plan
  variables {
    bucket = "google-lake"
  }
  expect_failures = [var.bucket]
}

run "capital_letters_are_refused" {
  command = plan
  variables {
    bucket = "Hospital-Lake"
  }
  expect_failures = [var.bucket]
}

run "cold_before_cool_is_refused" {
  command = plan
  variables {
    coldline_days = 31
  }
  expect_failures = [var.coldline_days]
}

run "three_days_of_soft_delete_are_refused" {
  command = plan
  variables {
    soft_delete_days = 3
  }
  expect_failures = [var.soft_delete_days]
}
