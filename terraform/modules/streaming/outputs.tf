output "name" {
  description = "Name of the worker pool."
  value       = google_cloud_run_v2_worker_pool.stream.name
}

output "args" {
  description = "The command line that it runs, after `vitals`."
  value       = local.args
}
