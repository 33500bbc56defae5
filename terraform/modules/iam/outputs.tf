output "emails" {
  description = "Address of each account: pipeline, simulator, loader, scheduler."
  value       = { for name, account in google_service_account.vitals : name => account.email }
}

output "members" {
  description = "The same as members of IAM policies."
  value       = { for name, account in google_service_account.vitals : name => account.member }
}

output "names" {
  description = "Resource name of each account."
  value       = { for name, account in google_service_account.vitals : name => account.name }
}
