output "deployer" {
  description = "Address of the account that deploys."
  value       = google_service_account.deployer.email
}

output "planner" {
  description = "Address of the account that plans for pull requests."
  value       = google_service_account.planner.email
}

output "triggers" {
  description = "Names of the triggers."
  value       = sort([for trigger in google_cloudbuild_trigger.vitals : trigger.name])
}
