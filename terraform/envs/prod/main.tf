# Production: sized for 2,800 patients at a reading a second, and nothing that holds data can be deleted in passing.
module "environment" {
  source      = "../../modules/environment"
  environment = "prod"
  protected   = true

  size                 = "large"
  key_protection       = "HSM"
  retention_days       = 7
  nearline_days        = 30
  coldline_days        = 120
  noncurrent_days      = 14
  soft_delete_days     = 7
  audit_retention_days = 400
  budget_amount        = 2000
  # A build of main could otherwise give itself every right. Somebody applies this by hand, or sets it to true.
  deployer_applies = false

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
