# What runs an image. Left out until there is one: the first apply makes the repository that it is pushed to.

module "streaming" {
  source                = "../streaming"
  count                 = var.image == null ? 0 : 1
  project               = var.project
  region                = var.region
  image                 = var.image
  source_url            = module.pubsub.subscription
  lake                  = module.lake.url
  dead_letter_topic     = module.pubsub.dead_letter_topic
  service_account       = module.iam.emails.pipeline
  warehouse             = var.stream_to_warehouse ? module.warehouse.warehouse : null
  cpus                  = local.size.cpus
  memory_gib            = local.size.memory_gib
  cache_gib             = local.size.cache_gib
  pseudonym_key_secret  = module.kms.pseudonym_key_secret
  pseudonym_key_version = var.pseudonym_key_version
  inputs_bucket         = module.lake.bucket
  patients_file         = var.patients_file
  model_folder          = var.model_folder
  timezone              = var.timezone
  more_args             = var.run_args
  kms_key               = module.kms.keys.run
  network               = module.network.network
  subnetwork            = module.network.subnetwork
  deletion_protection   = local.production
  labels                = local.labels

  dataflow = local.dataflow ? {
    job_name             = "vitals"
    temp_location        = module.dataflow.temp_location
    max_workers          = local.size.max_workers
    worker_image         = var.worker_image
    subnetwork_flag      = module.network.subnetwork_flag
    pseudonym_key_secret = module.kms.pseudonym_key_secret_name
  } : null
}

module "orchestration" {
  source                   = "../orchestration"
  count                    = var.image == null ? 0 : 1
  project                  = var.project
  region                   = var.region
  image                    = var.image
  lake                     = module.lake.url
  warehouse                = module.warehouse.warehouse
  schedule                 = var.maintenance_schedule
  time_zone                = coalesce(var.timezone, "Etc/UTC")
  job_service_account      = module.iam.emails.loader
  workflow_service_account = module.iam.emails.scheduler
  kms_key                  = module.kms.keys.run
  network                  = module.network.network
  subnetwork               = module.network.subnetwork
  deletion_protection      = local.production
  labels                   = local.labels
}

module "monitoring" {
  source                   = "../monitoring"
  project                  = var.project
  project_number           = data.google_project.this.number
  environment              = var.environment
  emails                   = var.alert_emails
  topic                    = "vitals"
  subscription             = module.pubsub.subscription_name
  dead_letter_subscription = module.pubsub.dead_letter_subscription_name
  dataflow_job             = local.dataflow ? "vitals" : null
  lake_bucket              = module.lake.bucket
  lag_seconds              = var.lag_seconds
  billing_account          = var.billing_account
  budget_amount            = var.budget_amount
  budget_currency          = var.budget_currency
  labels                   = local.labels
}

module "cicd" {
  source               = "../cicd"
  project              = var.project
  region               = var.region
  environment          = var.environment
  repository           = var.repository
  engine               = var.engine
  lake                 = module.lake.url
  staging_bucket       = module.dataflow.staging_bucket
  pseudonym_key_secret = module.kms.pseudonym_key_secret
  state_bucket         = coalesce(var.state_bucket, "${var.project}-vitals-terraform")
  act_as               = { for name in ["pipeline", "loader", "scheduler"] : name => module.iam.names[name] }
  deployer_applies     = var.deployer_applies
  labels               = local.labels
  depends_on           = [google_project_service.api, module.registry]
}

module "looker" {
  source          = "../looker"
  project         = var.project
  report_template = var.report_template
  report_name     = "Vitals (${var.environment})"
}

locals {
  # Sizes that docs/benchmarks.md speaks for: readings a second of the direct engine, with room for bursts and catching up.
  sizes = {
    small = { cpus = 1, memory_gib = 4, cache_gib = 1, max_workers = 3 }
    large = { cpus = 4, memory_gib = 16, cache_gib = 4, max_workers = 10 }
  }
  size = local.sizes[var.size]
}
