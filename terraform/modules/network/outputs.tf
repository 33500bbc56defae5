output "network" {
  description = "Id of the network."
  value       = google_compute_network.vitals.id
}

output "network_name" {
  description = "Name of the network."
  value       = google_compute_network.vitals.name
}

output "subnetwork" {
  description = "Name of the subnetwork of the workers."
  value       = google_compute_subnetwork.workers.name
}

output "subnetwork_flag" {
  description = "The subnetwork as `vitals run --subnetwork` takes it."
  value       = "regions/${var.region}/subnetworks/${google_compute_subnetwork.workers.name}"
}

output "ip_range" {
  description = "Addresses of the workers."
  value       = var.ip_range
}
