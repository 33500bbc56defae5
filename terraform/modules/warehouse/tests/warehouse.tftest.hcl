mock_provider "google" {
  # The mocked name would be a random string; a policy tag has this form.
  mock_resource "google_data_catalog_policy_tag" {
    defaults = {
      name = "projects/hospital-vitals-dev/locations/europe-west4/taxonomies/1/policyTags/2"
    }
  }
  mock_resource "google_bigquery_connection" {
    defaults = {
      cloud_resource = { service_account_id = "bqcx-1@gcp-sa-bigquery-condel.iam.gserviceaccount.com" }
    }
  }
}

variables {
  project             = "hospital-vitals-dev"
  location            = "europe-west4"
  kms_key             = "projects/hospital-vitals-dev/locations/europe-west4/keyRings/vitals/cryptoKeys/vitals-warehouse"
  writers             = { loader = "serviceAccount:vitals-loader@hospital-vitals-dev.iam.gserviceaccount.com" }
  readers             = { ward = "group:ward@example.org" }
  deletion_protection = false
}

run "tables_are_those_of_the_rendered_ddl" {
  command = plan

  assert {
    condition     = toset(keys(google_bigquery_table.table)) == toset([for file in fileset("../../../bigquery/schemas", "*.json") : trimsuffix(file, ".json")])
    error_message = "every table has a schema and every schema a table"
  }
  assert {
    condition = alltrue([
      for name, table in google_bigquery_table.table :
      length(table.time_partitioning) == length(regexall("\nPARTITION BY ", file("../../../bigquery/tables/${name}.sql"))) && length(table.clustering) >= 1
    ])
    error_message = "a table is partitioned where its DDL says so, and clustered always"
  }
  assert {
    condition     = google_bigquery_table.table["gold.vitals_hourly"].time_partitioning[0].field == "event_date" && tolist(google_bigquery_table.table["gold.vitals_hourly"].clustering) == tolist(["patient_id", "vital"])
    error_message = "partition and clustering are read from the DDL"
  }
  assert {
    condition     = google_bigquery_table.table["bronze.patient_vitals"].require_partition_filter && google_bigquery_table.table["bronze.patient_vitals"].time_partitioning[0].expiration_ms == 7776000000
    error_message = "so are the options of bronze"
  }
  assert {
    condition     = alltrue([for table in google_bigquery_table.table : length(table.description) > 20 && table.labels.application == "vitals"])
    error_message = "so are descriptions and labels"
  }
}

run "views_are_those_of_the_texts" {
  command = plan

  assert {
    condition = toset(concat(keys(google_bigquery_table.materialized_view), keys(google_bigquery_table.view), keys(google_bigquery_table.view_of_views))) == toset([
      for file in fileset("../../../bigquery/views", "*.sql") : trimsuffix(file, ".sql")
    ])
    error_message = "every text is a view"
  }
  assert {
    condition     = toset(keys(google_bigquery_table.materialized_view)) == toset(["gold.patient_risk_scores", "gold.vital_signs_hourly_trend", "gold.ward_alert_counts"])
    error_message = "three views are materialized"
  }
  assert {
    condition = alltrue([
      for view in google_bigquery_table.materialized_view :
      view.materialized_view[0].enable_refresh && view.materialized_view[0].refresh_interval_ms == 300000 && view.max_staleness == null && view.time_partitioning[0].field == "event_date"
    ])
    error_message = "they are refreshed every five minutes, fresh on every read, and partitioned like their table"
  }
  assert {
    condition = alltrue([
      for view in google_bigquery_table.materialized_view : startswith(view.materialized_view[0].query, "SELECT") && !strcontains(view.materialized_view[0].query, ";") && strcontains(view.materialized_view[0].query, "FROM `hospital-vitals-dev.gold.")
    ])
    error_message = "their queries are the texts' own, without the head and with the project"
  }
  assert {
    condition = alltrue([
      for view in merge(google_bigquery_table.view, google_bigquery_table.view_of_views) : !view.view[0].use_legacy_sql && !strcontains(view.view[0].query, "CREATE ") && !can(regex("(FROM|JOIN) (bronze|silver|gold|reference)\\.", view.view[0].query))
    ])
    error_message = "no view names a table without its project"
  }
}

run "what_may_identify_a_person_is_tagged" {
  command = apply

  assert {
    condition     = length(regexall("taxonomies/1/policyTags/2", google_bigquery_table.table["bronze.patient_vitals"].schema)) == 2
    error_message = "payload and attributes of bronze carry the tag"
  }
  assert {
    condition = alltrue([
      for table in google_bigquery_table.table :
      length([for column in jsondecode(table.schema) : column if strcontains(column.description, "Restricted: may identify") != can(column.policyTags)]) == 0
    ])
    error_message = "every column that is described as restricted carries the tag, and no other"
  }
  assert {
    condition     = length(regexall("policyTags", google_bigquery_table.table["gold.patient_summary"].schema)) == 0
    error_message = "summaries of gold hold nothing that may identify a patient"
  }
  assert {
    condition     = toset([for grant in google_bigquery_dataset_iam_member.reader : grant.dataset_id]) == toset(["silver", "gold"])
    error_message = "analysts see neither bronze nor patients"
  }
}

run "datasets_are_encrypted_and_in_the_region" {
  command = plan

  assert {
    condition     = toset(keys(google_bigquery_dataset.vitals)) == toset(["bronze", "silver", "gold", "reference"])
    error_message = "four datasets"
  }
  assert {
    condition     = alltrue([for dataset in google_bigquery_dataset.vitals : dataset.location == "europe-west4" && dataset.default_encryption_configuration[0].kms_key_name == var.kms_key && !dataset.delete_contents_on_destroy])
    error_message = "in the region of the lake, with the customer's key, and not deleted with their tables"
  }
  assert {
    condition     = alltrue([for table in google_bigquery_table.table : table.encryption_configuration[0].kms_key_name == var.kms_key])
    error_message = "tables too"
  }
}

run "tables_are_protected_unless_said_otherwise" {
  command = plan
  variables {
    deletion_protection = true
  }

  assert {
    condition     = alltrue([for table in google_bigquery_table.table : table.deletion_protection])
    error_message = "tables hold data"
  }
}
