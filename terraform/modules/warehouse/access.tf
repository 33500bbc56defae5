# Columns that may identify a person carry a policy tag: whoever may read the table still cannot read them.

resource "google_data_catalog_taxonomy" "vitals" {
  project                = var.project
  region                 = var.location
  display_name           = "vitals"
  description            = "What may identify a patient"
  activated_policy_types = ["FINE_GRAINED_ACCESS_CONTROL"]
}

resource "google_data_catalog_policy_tag" "restricted" {
  taxonomy     = google_data_catalog_taxonomy.vitals.id
  display_name = "restricted"
  description  = "Names, dates of birth, ids on the wire, and messages as they came"
}

resource "google_data_catalog_policy_tag_iam_member" "reader" {
  for_each   = var.restricted_readers
  policy_tag = google_data_catalog_policy_tag.restricted.name
  role       = "roles/datacatalog.categoryFineGrainedReader"
  member     = each.value
}

resource "google_bigquery_dataset_iam_member" "writer" {
  for_each   = { for pair in setproduct(keys(local.datasets), keys(var.writers)) : join("-", pair) => { dataset = pair[0], member = var.writers[pair[1]] } }
  project    = var.project
  dataset_id = google_bigquery_dataset.vitals[each.value.dataset].dataset_id
  role       = "roles/bigquery.dataEditor"
  member     = each.value.member
}

# Panes and alerts by the Storage Write API, straight from the engines.
resource "google_bigquery_dataset_iam_member" "appender" {
  for_each   = var.gold_writers
  project    = var.project
  dataset_id = google_bigquery_dataset.vitals["gold"].dataset_id
  role       = "roles/bigquery.dataEditor"
  member     = each.value
}

resource "google_bigquery_dataset_iam_member" "reader" {
  for_each   = { for pair in setproduct(["silver", "gold"], keys(var.readers)) : join("-", pair) => { dataset = pair[0], member = var.readers[pair[1]] } }
  project    = var.project
  dataset_id = google_bigquery_dataset.vitals[each.value.dataset].dataset_id
  role       = "roles/bigquery.dataViewer"
  member     = each.value.member
}

# The account by which BigQuery reads the lake itself, for external tables.
resource "google_bigquery_connection" "lake" {
  project       = var.project
  connection_id = "vitals-lake"
  location      = var.location
  description   = "External tables over the lake"

  cloud_resource {}
}
