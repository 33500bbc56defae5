# terraform output -json > vitals.outputs.json is what `vitals deploy plan` and `vitals doctor --cloud` read (docs/terraform.md). The same
# file in every environment.

output "project" {
  description = "--project"
  value       = module.environment.project
}

output "region" {
  description = "--region, and --location of the warehouse."
  value       = module.environment.region
}

output "environment" {
  description = "Name of the environment."
  value       = module.environment.environment
}

output "engine" {
  description = "--engine"
  value       = module.environment.engine
}

output "lake" {
  description = "--lake"
  value       = module.environment.lake
}

output "topic" {
  description = "--sink of `vitals simulate`, --topic of `vitals pubsub setup`."
  value       = module.environment.topic
}

output "subscription" {
  description = "--source"
  value       = module.environment.subscription
}

output "dead_letter_topic" {
  description = "--dead-letter-topic"
  value       = module.environment.dead_letter_topic
}

output "warehouse" {
  description = "--warehouse"
  value       = module.environment.warehouse
}

output "policy_tag" {
  description = "Policy tag of columns that may identify a person."
  value       = module.environment.policy_tag
}

output "connection" {
  description = "Connection for external tables over the lake."
  value       = module.environment.connection
}

output "staging_bucket" {
  description = "Bucket for releases and for what is staged."
  value       = module.environment.staging_bucket
}

output "temp_location" {
  description = "--temp-location"
  value       = module.environment.temp_location
}

output "worker_service_account" {
  description = "--service-account: runs the stream, and Dataflow's workers."
  value       = module.environment.worker_service_account
}

output "service_accounts" {
  description = "Address of every account, by what it is for."
  value       = module.environment.service_accounts
}

output "subnetwork" {
  description = "--subnetwork"
  value       = module.environment.subnetwork
}

output "pseudonym_key_secret" {
  description = "--pseudonym-key-secret"
  value       = module.environment.pseudonym_key_secret
}

output "kms_keys" {
  description = "Key of each service."
  value       = module.environment.kms_keys
}

output "image_repository" {
  description = "Where images are pushed to."
  value       = module.environment.image_repository
}

output "stream" {
  description = "Name of the worker pool that writes the lake; null before there is an image."
  value       = module.environment.stream
}

output "stream_args" {
  description = "Command line of that process, after `vitals`; null before there is an image."
  value       = module.environment.stream_args
}

output "maintenance_job" {
  description = "Name of the Cloud Run job of maintenance; null before there is an image."
  value       = module.environment.maintenance_job
}

output "dashboard" {
  description = "Address of the dashboard of Cloud Monitoring."
  value       = module.environment.dashboard
}

output "alert_policies" {
  description = "Names of the alert policies: each has a page in docs/operations.md."
  value       = module.environment.alert_policies
}

output "report_link" {
  description = "Link that makes the report of Data Studio."
  value       = module.environment.report_link
}

output "report_data_sources" {
  description = "Data sources of that report, with a link each."
  value       = module.environment.report_data_sources
}
