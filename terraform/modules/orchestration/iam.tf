# The workflow runs the job with other arguments, and polls until it has ended; the scheduler starts the workflow.

resource "google_cloud_run_v2_job_iam_member" "runs" {
  project  = var.project
  location = var.region
  name     = google_cloud_run_v2_job.maintenance.name
  role     = "roles/run.jobsExecutorWithOverrides"
  member   = "serviceAccount:${var.workflow_service_account}"
}

resource "google_project_iam_member" "polls" {
  project = var.project
  role    = "roles/run.viewer"
  member  = "serviceAccount:${var.workflow_service_account}"
}

# Cannot be granted on one workflow.
resource "google_project_iam_member" "starts" {
  project = var.project
  role    = "roles/workflows.invoker"
  member  = "serviceAccount:${var.workflow_service_account}"
}
