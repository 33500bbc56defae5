mock_provider "google" {}

variables {
  project = "hospital-vitals-dev"
  region  = "europe-west4"
}

run "accounts_have_no_basic_roles" {
  command = plan

  assert {
    condition     = toset([for account in google_service_account.vitals : account.account_id]) == toset(["vitals-pipeline", "vitals-simulator", "vitals-loader", "vitals-scheduler"])
    error_message = "four accounts"
  }
  assert {
    condition     = length(setintersection([for grant in google_project_iam_member.vitals : grant.role], ["roles/owner", "roles/editor", "roles/viewer"])) == 0
    error_message = "no basic roles"
  }
  assert {
    condition     = alltrue([for grant in google_project_iam_member.vitals : !endswith(grant.role, "admin") && !endswith(grant.role, "Admin")])
    error_message = "nothing that runs administers anything"
  }
  assert {
    condition     = !contains([for grant in google_project_iam_member.vitals : grant.role], "roles/dataflow.worker") && length(google_service_account_iam_member.pipeline_as_itself) == 0
    error_message = "without Dataflow its roles are not granted"
  }
}

run "dataflow_brings_its_roles" {
  command = plan
  variables {
    dataflow = true
  }

  assert {
    condition     = alltrue([for role in ["roles/dataflow.worker", "roles/dataflow.developer"] : contains([for grant in google_project_iam_member.vitals : grant.role], role)])
    error_message = "workers work, and the committer submits"
  }
  assert {
    condition     = length(google_service_account_iam_member.pipeline_as_itself) == 1
    error_message = "whoever submits acts as the workers"
  }
}

run "who_reads_what_is_recorded" {
  command = plan

  assert {
    condition     = alltrue([for config in google_project_iam_audit_config.data : toset([for log in config.audit_log_config : log.log_type]) == toset(["DATA_READ", "DATA_WRITE"])])
    error_message = "reading and writing must be recorded"
  }
  assert {
    condition     = google_logging_project_bucket_config.audit.retention_days == 400
    error_message = "audit logs are kept for more than a year"
  }
}

run "audit_logs_of_a_day_are_refused" {
  command = plan
  variables {
    audit_retention_days = 1
  }
  expect_failures = [var.audit_retention_days]
}
