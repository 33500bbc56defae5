# Two accounts: one that plans and can only look, for pull requests; one that deploys, for what is on main and approved.

resource "google_service_account" "planner" {
  project      = var.project
  account_id   = "vitals-planner"
  display_name = "vitals: planner"
  description  = "Checks pull requests and plans what they would change"
}

resource "google_service_account" "deployer" {
  project      = var.project
  account_id   = "vitals-deployer"
  display_name = "vitals: deployer"
  description  = "Builds images, applies approved plans, deploys jobs"
}

locals {
  # What a plan reads: every resource of terraform/, and no data of a patient.
  planner_roles = toset([
    "roles/artifactregistry.reader", "roles/bigquery.metadataViewer", "roles/browser", "roles/cloudbuild.builds.viewer",
    "roles/cloudkms.viewer", "roles/cloudscheduler.viewer", "roles/compute.networkViewer", "roles/datacatalog.viewer", "roles/dns.reader",
    "roles/iam.securityReviewer", "roles/logging.logWriter", "roles/logging.viewer", "roles/monitoring.viewer", "roles/pubsub.viewer",
    "roles/run.viewer", "roles/secretmanager.viewer", "roles/serviceusage.serviceUsageConsumer", "roles/storage.bucketViewer", "roles/workflows.viewer",
  ])
  # What an apply changes. With the policies of the project it could give itself the rest: that is why a deploy needs an approval.
  deployer_roles = toset([
    "roles/artifactregistry.admin", "roles/bigquery.dataOwner", "roles/bigquery.connectionAdmin", "roles/cloudbuild.builds.editor", "roles/cloudkms.admin",
    "roles/cloudscheduler.admin", "roles/compute.networkAdmin", "roles/compute.securityAdmin", "roles/dataflow.developer",
    "roles/datacatalog.categoryAdmin", "roles/dns.admin", "roles/iam.serviceAccountAdmin", "roles/logging.configWriter",
    "roles/logging.logWriter", "roles/monitoring.editor", "roles/pubsub.admin", "roles/resourcemanager.projectIamAdmin",
    "roles/run.admin", "roles/secretmanager.admin", "roles/serviceusage.serviceUsageAdmin", "roles/storage.admin", "roles/workflows.admin",
  ])
}

resource "google_project_iam_member" "planner" {
  for_each = local.planner_roles
  project  = var.project
  role     = each.value
  member   = google_service_account.planner.member
}

resource "google_project_iam_member" "deployer" {
  #checkov:skip=CKV_GCP_49:applying this code is creating accounts and policies; only an approved build of main runs as this account
  for_each = var.deployer_applies ? local.deployer_roles : toset(["roles/dataflow.developer", "roles/logging.logWriter", "roles/run.developer"])
  project  = var.project
  role     = each.value
  member   = google_service_account.deployer.member
}

# To deploy what runs as another account is to act as it: these accounts, not every one.
resource "google_service_account_iam_member" "acts_as" {
  for_each           = var.act_as
  service_account_id = each.value
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.deployer.member
}

# To make a trigger is to act as the account of its builds.
resource "google_service_account_iam_member" "acts_in_builds" {
  for_each           = var.deployer_applies ? { planner = google_service_account.planner.name, deployer = google_service_account.deployer.name } : {}
  service_account_id = each.value
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.deployer.member
}

# The state holds every setting: the planner reads it without a lock, the deployer writes it.
resource "google_storage_bucket_iam_member" "state_reader" {
  bucket = var.state_bucket
  role   = "roles/storage.objectViewer"
  member = google_service_account.planner.member
}

resource "google_storage_bucket_iam_member" "state_writer" {
  bucket = var.state_bucket
  role   = "roles/storage.objectUser"
  member = google_service_account.deployer.member
}

# Releases are put and fetched, jobs are staged.
resource "google_storage_bucket_iam_member" "staging" {
  bucket = var.staging_bucket
  role   = "roles/storage.objectUser"
  member = google_service_account.deployer.member
}

# The smoke test after a deploy tries the lake (vitals doctor puts an object of its own and deletes it).
resource "google_storage_bucket_iam_member" "lake" {
  bucket = split("/", trimprefix(var.lake, "gs://"))[0]
  role   = "roles/storage.objectUser"
  member = google_service_account.deployer.member
}

resource "google_artifact_registry_repository_iam_member" "images" {
  project    = var.project
  location   = var.region
  repository = var.image_repository
  role       = "roles/artifactregistry.writer"
  member     = google_service_account.deployer.member
}

# A job on Dataflow is submitted with the fingerprint of the key, so that workers with another refuse to run.
resource "google_secret_manager_secret_iam_member" "pseudonym_key" {
  count     = var.engine == "dataflow" ? 1 : 0
  project   = var.project
  secret_id = var.pseudonym_key_secret
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.deployer.member
}
