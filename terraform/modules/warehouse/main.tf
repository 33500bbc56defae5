# Datasets bronze, silver, gold and reference, with the lake's tables and the views over them.

locals {
  datasets = {
    bronze    = "Every message as it was received. Holds identities."
    silver    = "Cleansed, enriched and scored readings, and what was refused."
    gold      = "Windows, alerts and the views that answer clinical questions."
    reference = "People and stays. Holds identities."
  }
}

resource "google_bigquery_dataset" "vitals" {
  for_each                   = local.datasets
  project                    = var.project
  dataset_id                 = each.key
  friendly_name              = each.key
  description                = each.value
  location                   = var.location
  max_time_travel_hours      = "168"
  delete_contents_on_destroy = false
  labels                     = merge(var.labels, { tier = each.key })

  default_encryption_configuration {
    kms_key_name = var.kms_key
  }
}

resource "google_bigquery_table" "table" {
  #checkov:skip=CKV_GCP_121:the environment decides: on in prod, off in dev, which is made to be deleted (tests/environment.tftest.hcl)
  for_each                 = local.tables
  project                  = var.project
  dataset_id               = google_bigquery_dataset.vitals[each.value.dataset].dataset_id
  table_id                 = each.value.table
  description              = each.value.description
  deletion_protection      = var.deletion_protection
  clustering               = each.value.clustering
  require_partition_filter = each.value.partition_filter
  schema = templatefile("${local.source}/schemas/${each.key}.json", {
    restricted_policy_tag = google_data_catalog_policy_tag.restricted.name
  })
  labels = merge(var.labels, each.value.labels)

  encryption_configuration {
    kms_key_name = var.kms_key
  }

  dynamic "time_partitioning" {
    for_each = each.value.partition[*]
    content {
      type          = "DAY"
      field         = time_partitioning.value
      expiration_ms = each.value.expiration_days == null ? null : each.value.expiration_days * 86400000
    }
  }
}

resource "google_bigquery_table" "materialized_view" {
  #checkov:skip=CKV_GCP_121:holds nothing that is not made again from its table
  for_each            = local.materialized
  project             = var.project
  dataset_id          = google_bigquery_dataset.vitals[each.value.dataset].dataset_id
  table_id            = each.value.table
  description         = each.value.description
  deletion_protection = false
  clustering          = each.value.clustering
  labels              = merge(var.labels, { tier = each.value.dataset })

  encryption_configuration {
    kms_key_name = var.kms_key
  }

  materialized_view {
    query               = each.value.query
    enable_refresh      = true
    refresh_interval_ms = each.value.refresh * 60000
  }

  dynamic "time_partitioning" {
    for_each = each.value.partition[*]
    content {
      type  = "DAY"
      field = time_partitioning.value
    }
  }

  depends_on = [google_bigquery_table.table]
}

resource "google_bigquery_table" "view" {
  #checkov:skip=CKV_GCP_80:a view holds no data; the tables that it reads are encrypted with the customer's key
  #checkov:skip=CKV_GCP_121:holds no data and is made again from its text
  for_each            = local.first_views
  project             = var.project
  dataset_id          = google_bigquery_dataset.vitals[each.value.dataset].dataset_id
  table_id            = each.value.table
  description         = each.value.description
  deletion_protection = false
  labels              = merge(var.labels, { tier = each.value.dataset })

  view {
    query          = each.value.query
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.table, google_bigquery_table.materialized_view]
}

resource "google_bigquery_table" "view_of_views" {
  #checkov:skip=CKV_GCP_80:a view holds no data; the tables that it reads are encrypted with the customer's key
  #checkov:skip=CKV_GCP_121:holds no data and is made again from its text
  for_each            = local.second_views
  project             = var.project
  dataset_id          = google_bigquery_dataset.vitals[each.value.dataset].dataset_id
  table_id            = each.value.table
  description         = each.value.description
  deletion_protection = false
  labels              = merge(var.labels, { tier = each.value.dataset })

  view {
    query          = each.value.query
    use_legacy_sql = false
  }

  lifecycle {
    precondition {
      condition     = length(setintersection(each.value.sources, keys(local.second_views))) == 0
      error_message = "${each.key} reads a view that reads a view that reads a view: give warehouse/ a third step."
    }
  }

  depends_on = [google_bigquery_table.view]
}
