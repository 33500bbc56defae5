mock_provider "google" {}

variables {
  project        = "hospital-vitals-dev"
  region         = "europe-west4"
  staging_bucket = "hospital-vitals-dev-vitals-staging"
  kms_key        = "projects/hospital-vitals-dev/locations/europe-west4/keyRings/vitals/cryptoKeys/vitals-storage"
  network_name   = "vitals"
  pipeline       = "serviceAccount:vitals-pipeline@hospital-vitals-dev.iam.gserviceaccount.com"
  dataflow       = true
}

run "what_a_running_job_has_staged_does_not_expire" {
  command = plan

  assert {
    condition = alltrue([
      for rule in google_storage_bucket.staging.lifecycle_rule :
      one(rule.condition).with_state == "ARCHIVED" || tolist(one(rule.condition).matches_prefix) == tolist(["releases/"])
      if one(rule.action).type == "Delete"
    ])
    error_message = "only releases expire"
  }
  assert {
    condition     = google_storage_bucket.staging.uniform_bucket_level_access && google_storage_bucket.staging.public_access_prevention == "enforced" && google_storage_bucket.staging.encryption[0].default_kms_key_name == var.kms_key
    error_message = "private and encrypted"
  }
}

run "workers_reach_each_other_and_are_reached_by_nobody" {
  command = plan

  assert {
    condition     = google_compute_firewall.workers[0].direction == "INGRESS" && tolist(google_compute_firewall.workers[0].source_tags) == tolist(["dataflow"]) && tolist(google_compute_firewall.workers[0].target_tags) == tolist(["dataflow"])
    error_message = "only Dataflow's own workers"
  }
}

run "without_dataflow_nothing_is_opened" {
  command = plan
  variables {
    dataflow = false
  }

  assert {
    condition     = length(google_compute_firewall.workers) == 0 && length(google_storage_bucket_iam_member.worker) == 0
    error_message = "no firewall rule and no grant"
  }
}

run "a_bad_name_is_refused" {
  command = plan
  variables {
    staging_bucket = "staging_"
  }
  expect_failures = [var.staging_bucket]
}
