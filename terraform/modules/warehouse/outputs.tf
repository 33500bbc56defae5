output "warehouse" {
  description = "The warehouse as `vitals load --warehouse` takes it."
  value       = "bigquery:${var.project}"
}

output "location" {
  description = "Region of the datasets, as `--location` takes it."
  value       = var.location
}

output "policy_tag" {
  description = "Resource name of the tag of columns that may identify a person."
  value       = google_data_catalog_policy_tag.restricted.name
}

output "connection" {
  description = "Name of the connection for external tables over the lake."
  value       = google_bigquery_connection.lake.name
}

output "connection_member" {
  description = "Member by which that connection reads the lake."
  value       = "serviceAccount:${google_bigquery_connection.lake.cloud_resource[0].service_account_id}"
}

output "tables" {
  description = "Names of all tables and views."
  value = sort(concat(
    keys(google_bigquery_table.table), keys(google_bigquery_table.materialized_view),
    keys(google_bigquery_table.view), keys(google_bigquery_table.view_of_views),
  ))
}
