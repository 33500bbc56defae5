output "job" {
  description = "Name of the Cloud Run job."
  value       = google_cloud_run_v2_job.maintenance.name
}

output "workflow" {
  description = "Name of the workflow."
  value       = google_workflows_workflow.maintenance.name
}
