output "repository" {
  description = "Where images are pushed to and pulled from."
  value       = "${google_artifact_registry_repository.vitals.location}-docker.pkg.dev/${var.project}/${google_artifact_registry_repository.vitals.repository_id}"
}
