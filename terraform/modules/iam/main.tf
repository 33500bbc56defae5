# One account for each thing that runs. What an account may do with one bucket, topic, dataset, secret or job is granted where that is
# made; here stands only what is granted on the whole project.

locals {
  accounts = {
    pipeline  = "Runs or commits the stream; Dataflow's workers"
    simulator = "Publishes readings"
    loader    = "Loads the warehouse and keeps the lake in order"
    scheduler = "Starts the maintenance workflow and its jobs"
  }
  project_roles = merge(
    {
      for account in ["pipeline", "loader", "scheduler"] :
      "${account}-logs" => { account = account, role = "roles/logging.logWriter" }
    },
    { loader-jobs = { account = "loader", role = "roles/bigquery.jobUser" } },
    var.dataflow ? {
      pipeline-worker = { account = "pipeline", role = "roles/dataflow.worker" }
      # It submits the job, follows it, and drains it when it is told to end.
      pipeline-submits = { account = "pipeline", role = "roles/dataflow.developer" }
    } : {},
  )
}

resource "google_service_account" "vitals" {
  for_each     = local.accounts
  project      = var.project
  account_id   = "vitals-${each.key}"
  display_name = "vitals: ${each.key}"
  description  = each.value
}

resource "google_project_iam_member" "vitals" {
  for_each = local.project_roles
  project  = var.project
  role     = each.value.role
  member   = google_service_account.vitals[each.value.account].member
}

# Whoever submits a job acts as its workers: here the same account.
resource "google_service_account_iam_member" "pipeline_as_itself" {
  count              = var.dataflow ? 1 : 0
  service_account_id = google_service_account.vitals["pipeline"].name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.vitals["pipeline"].member
}
