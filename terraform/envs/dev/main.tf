# Development: small, cheap, and deletable with everything in it.
module "environment" {
  source      = "../../modules/environment"
  environment = "dev"
  protected   = false

  size                 = "small"
  retention_days       = 1
  noncurrent_days      = 1
  soft_delete_days     = 0
  audit_retention_days = 30
  budget_amount        = 200

  project               = var.project
  region                = var.region
  engine                = var.engine
  image                 = var.image
  worker_image          = var.worker_image
  key_ring              = var.key_ring
  pseudonym_key_version = var.pseudonym_key_version
  patients_file         = var.patients_file
  model_folder          = var.model_folder
  timezone              = var.timezone
  run_args              = var.run_args
  publishers            = var.publishers
  analysts              = var.analysts
  restricted_readers    = var.restricted_readers
  alert_emails          = var.alert_emails
  billing_account       = var.billing_account
  repository            = var.repository
  state_bucket          = var.state_bucket
  report_template       = var.report_template
  labels                = var.labels
}
