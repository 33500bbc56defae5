output "policies" {
  description = "Names of the alert policies: each has a page in docs/operations.md."
  value       = sort(concat(keys(local.policies), ["stream-silent"]))
}

output "dashboard" {
  description = "Address of the dashboard."
  value       = "https://console.cloud.google.com/monitoring/dashboards/builder/${reverse(split("/", google_monitoring_dashboard.vitals.id))[0]}?project=${var.project}"
}
