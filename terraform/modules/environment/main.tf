# A whole environment: every module, joined. terraform/envs/dev and prod differ in settings only.

locals {
  labels     = merge({ application = "vitals", environment = var.environment }, var.labels)
  dataflow   = var.engine == "dataflow"
  bucket     = "${var.project}-vitals-lake"
  staging    = "${var.project}-vitals-staging"
  production = var.protected
}

# What is off in a new project.
resource "google_project_service" "api" {
  for_each = toset(concat([
    "artifactregistry", "bigquery", "bigqueryconnection", "bigquerystorage", "billingbudgets", "cloudbuild", "cloudkms", "cloudresourcemanager",
    "cloudscheduler", "compute", "datacatalog", "dns", "iam", "logging", "monitoring", "pubsub", "run", "secretmanager", "serviceusage",
    "storage", "workflowexecutions", "workflows",
  ], local.dataflow ? ["dataflow"] : []))
  project            = var.project
  service            = "${each.value}.googleapis.com"
  disable_on_destroy = false
}

data "google_project" "this" {
  project_id = var.project
  depends_on = [google_project_service.api]
}

module "network" {
  source     = "../network"
  project    = var.project
  region     = var.region
  ip_range   = var.ip_range
  labels     = local.labels
  depends_on = [google_project_service.api]
}

module "iam" {
  source               = "../iam"
  project              = var.project
  region               = var.region
  dataflow             = local.dataflow
  audit_retention_days = var.audit_retention_days
  audit_locked         = var.audit_locked
  depends_on           = [google_project_service.api]
}

module "kms" {
  source                = "../kms"
  project               = var.project
  region                = var.region
  key_ring              = var.key_ring
  protection_level      = var.key_protection
  pseudonym_key_readers = { pipeline = module.iam.members.pipeline }
  deletion_protection   = local.production
  labels                = local.labels
  depends_on            = [google_project_service.api]
}

module "pubsub" {
  source         = "../pubsub"
  project        = var.project
  region         = var.region
  kms_key        = module.kms.keys.pubsub
  retention_days = var.retention_days
  # Dataflow removes repeats itself, and exactly-once delivery only slows it.
  exactly_once = !local.dataflow
  publishers   = merge({ simulator = module.iam.members.simulator }, var.publishers)
  pipeline     = module.iam.members.pipeline
  labels       = local.labels
}

module "lake" {
  source           = "../lake"
  project          = var.project
  location         = var.region
  bucket           = local.bucket
  kms_key          = module.kms.keys.storage
  nearline_days    = var.nearline_days
  coldline_days    = var.coldline_days
  noncurrent_days  = var.noncurrent_days
  soft_delete_days = var.soft_delete_days
  force_destroy    = !local.production
  writers          = { pipeline = module.iam.members.pipeline, loader = module.iam.members.loader }
  readers          = { warehouse = module.warehouse.connection_member }
  labels           = local.labels
}

module "warehouse" {
  source              = "../warehouse"
  project             = var.project
  location            = var.region
  kms_key             = module.kms.keys.warehouse
  writers             = { loader = module.iam.members.loader }
  gold_writers        = { pipeline = module.iam.members.pipeline }
  readers             = var.analysts
  restricted_readers  = var.restricted_readers
  deletion_protection = local.production
  labels              = local.labels
}

module "registry" {
  source  = "../registry"
  project = var.project
  region  = var.region
  kms_key = module.kms.keys.registry
  readers = { pipeline = module.iam.members.pipeline }
  labels  = local.labels
}

module "dataflow" {
  source         = "../dataflow"
  project        = var.project
  region         = var.region
  dataflow       = local.dataflow
  staging_bucket = local.staging
  kms_key        = module.kms.keys.storage
  network_name   = module.network.network_name
  pipeline       = module.iam.members.pipeline
  force_destroy  = !local.production
  labels         = local.labels
}
