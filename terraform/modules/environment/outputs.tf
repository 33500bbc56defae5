# Read by `vitals deploy plan --outputs` and `vitals doctor --cloud --outputs` (docs/terraform.md). Values as the flags take them.

output "project" {
  description = "--project"
  value       = var.project
}

output "region" {
  description = "--region, and --location of the warehouse."
  value       = var.region
}

output "environment" {
  description = "Name of the environment."
  value       = var.environment
}

output "engine" {
  description = "--engine"
  value       = var.engine
}

output "lake" {
  description = "--lake"
  value       = module.lake.url
}

output "topic" {
  description = "--sink of `vitals simulate`, --topic of `vitals pubsub setup`."
  value       = module.pubsub.topic
}

output "subscription" {
  description = "--source"
  value       = module.pubsub.subscription
}

output "dead_letter_topic" {
  description = "--dead-letter-topic"
  value       = module.pubsub.dead_letter_topic
}

output "warehouse" {
  description = "--warehouse"
  value       = module.warehouse.warehouse
}

output "policy_tag" {
  description = "Policy tag of columns that may identify a person."
  value       = module.warehouse.policy_tag
}

output "connection" {
  description = "Connection for external tables over the lake."
  value       = module.warehouse.connection
}

output "staging_bucket" {
  description = "Bucket for releases and for what is staged."
  value       = module.dataflow.staging_bucket
}

output "temp_location" {
  description = "--temp-location"
  value       = module.dataflow.temp_location
}

output "worker_service_account" {
  description = "--service-account: runs the stream, and Dataflow's workers."
  value       = module.iam.emails.pipeline
}

output "service_accounts" {
  description = "Address of every account, by what it is for."
  value       = merge(module.iam.emails, { deployer = module.cicd.deployer, planner = module.cicd.planner })
}

output "subnetwork" {
  description = "--subnetwork"
  value       = module.network.subnetwork_flag
}

output "pseudonym_key_secret" {
  description = "--pseudonym-key-secret"
  value       = "${module.kms.pseudonym_key_secret_name}/versions/${var.pseudonym_key_version}"
}

output "kms_keys" {
  description = "Key of each service."
  value       = module.kms.keys
}

output "image_repository" {
  description = "Where images are pushed to."
  value       = module.registry.repository
}

output "stream" {
  description = "Name of the worker pool that writes the lake; null before there is an image."
  value       = one(module.streaming[*].name)
}

output "stream_args" {
  description = "Command line of that process, after `vitals`; null before there is an image."
  value       = one(module.streaming[*].args)
}

output "maintenance_job" {
  description = "Name of the Cloud Run job of maintenance; null before there is an image."
  value       = one(module.orchestration[*].job)
}

output "dashboard" {
  description = "Address of the dashboard of Cloud Monitoring."
  value       = module.monitoring.dashboard
}

output "alert_policies" {
  description = "Names of the alert policies: each has a page in docs/operations.md."
  value       = module.monitoring.policies
}

output "report_link" {
  description = "Link that makes the report of Data Studio."
  value       = module.looker.report_link
}

output "report_data_sources" {
  description = "Data sources of that report, with a link each."
  value       = module.looker.data_sources
}
