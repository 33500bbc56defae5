output "bucket" {
  description = "Name of the bucket."
  value       = google_storage_bucket.lake.name
}

output "url" {
  description = "The lake as `vitals run --lake` takes it."
  value       = "gs://${google_storage_bucket.lake.name}/${var.prefix}"
}
