# Who looked at what. The services' own record of administration is always on; reading is recorded for people, not for the accounts
# above, whose every request would be a line (a lake makes some ten a second).

resource "google_project_iam_audit_config" "data" {
  for_each = toset(["storage.googleapis.com", "bigquery.googleapis.com", "secretmanager.googleapis.com", "cloudkms.googleapis.com"])
  project  = var.project
  service  = each.value

  audit_log_config {
    log_type         = "DATA_READ"
    exempted_members = each.value == "storage.googleapis.com" ? [for account in google_service_account.vitals : account.member] : []
  }
  audit_log_config {
    log_type         = "DATA_WRITE"
    exempted_members = each.value == "storage.googleapis.com" ? [for account in google_service_account.vitals : account.member] : []
  }
}

resource "google_logging_project_bucket_config" "audit" {
  project        = var.project
  location       = var.region
  bucket_id      = "vitals-audit"
  description    = "Audit logs of the project"
  retention_days = var.audit_retention_days
  locked         = var.audit_locked
}

resource "google_logging_project_sink" "audit" {
  project                = var.project
  name                   = "vitals-audit"
  description            = "Audit logs, to be kept"
  destination            = "logging.googleapis.com/${google_logging_project_bucket_config.audit.id}"
  filter                 = "log_id(\"cloudaudit.googleapis.com/activity\") OR log_id(\"cloudaudit.googleapis.com/data_access\") OR log_id(\"cloudaudit.googleapis.com/policy\")"
  unique_writer_identity = true
}
