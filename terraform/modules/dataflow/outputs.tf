output "staging_bucket" {
  description = "Name of the bucket."
  value       = google_storage_bucket.staging.name
}

output "temp_location" {
  description = "The folder as `vitals run --temp-location` takes it; what is staged goes to staging/ below it."
  value       = "gs://${google_storage_bucket.staging.name}/dataflow"
}
