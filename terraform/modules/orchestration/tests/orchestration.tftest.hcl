mock_provider "google" {}

variables {
  project                  = "hospital-vitals-dev"
  region                   = "europe-west4"
  image                    = "europe-west4-docker.pkg.dev/hospital-vitals-dev/vitals/vitals@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  lake                     = "gs://hospital-vitals-dev-vitals-lake/lake"
  warehouse                = "bigquery:hospital-vitals-dev"
  job_service_account      = "vitals-loader@hospital-vitals-dev.iam.gserviceaccount.com"
  workflow_service_account = "vitals-scheduler@hospital-vitals-dev.iam.gserviceaccount.com"
  kms_key                  = "projects/hospital-vitals-dev/locations/europe-west4/keyRings/vitals/cryptoKeys/vitals-run"
  network                  = "projects/hospital-vitals-dev/global/networks/vitals"
  subnetwork               = "vitals-workers"
  deletion_protection      = false
}

run "the_workflow_is_the_text_as_it_is" {
  command = plan

  assert {
    condition     = google_workflows_workflow.maintenance.source_contents == file("maintenance.workflow.yaml")
    error_message = "not rendered as a template: its own expressions look like one"
  }
  assert {
    condition     = alltrue([for name in ["project", "region", "lake", "warehouse", "job"] : can(regex("map\\.get\\(\\w+, \"${name}\"\\)", google_workflows_workflow.maintenance.source_contents))])
    error_message = "every argument that the scheduler gives is one that the workflow takes"
  }
}

run "the_scheduler_starts_it_with_this_environment" {
  command = apply

  assert {
    condition = jsondecode(jsondecode(base64decode(google_cloud_scheduler_job.maintenance.http_target[0].body)).argument) == {
      project   = "hospital-vitals-dev", region = "europe-west4", lake = "gs://hospital-vitals-dev-vitals-lake/lake",
      warehouse = "bigquery:hospital-vitals-dev", job = "vitals-maintenance"
    }
    error_message = "the argument of the execution"
  }
  assert {
    condition     = google_cloud_scheduler_job.maintenance.http_target[0].uri == "https://workflowexecutions.googleapis.com/v1/${google_workflows_workflow.maintenance.id}/executions"
    error_message = "the workflow of this module"
  }
}

run "a_job_runs_once_at_a_time_and_by_its_own_account" {
  command = plan

  assert {
    condition     = google_cloud_run_v2_job.maintenance.template[0].task_count == 1 && google_cloud_run_v2_job.maintenance.template[0].parallelism == 1 && google_cloud_run_v2_job.maintenance.template[0].template[0].max_retries == 2
    error_message = "the workflow waits for three tries of one task"
  }
  assert {
    condition     = google_cloud_run_v2_job.maintenance.template[0].template[0].service_account == var.job_service_account && google_workflows_workflow.maintenance.service_account == var.workflow_service_account
    error_message = "what runs a command cannot start jobs, and what starts jobs cannot read the lake"
  }
  assert {
    condition     = google_cloud_run_v2_job_iam_member.runs.role == "roles/run.jobsExecutorWithOverrides"
    error_message = "the workflow gives other arguments"
  }
}

run "a_schedule_of_three_fields_is_refused" {
  command = plan
  variables {
    schedule = "0 3 *"
  }
  expect_failures = [var.schedule]
}

run "a_warehouse_without_its_kind_is_refused" {
  command = plan
  variables {
    warehouse = "hospital-vitals-dev"
  }
  expect_failures = [var.warehouse]
}

run "a_tag_is_refused" {
  command = plan
  variables {
    image = "vitals:latest"
  }
  expect_failures = [var.image]
}
