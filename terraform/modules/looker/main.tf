# Links to Data Studio (once Looker Studio). Reports cannot be created by code; the Linking API opens a report, or a copy of a template,
# over data sources that the link names. https://developers.google.com/looker-studio/integrate/linking-api
#
# Makes nothing in the project: outputs only.

locals {
  # Alias of the data source in the template report, and the view that it reads. The guide to the pages uses these aliases.
  sources = {
    latest_risk    = { dataset = "gold", table = "patient_latest_risk" }
    risk_by_minute = { dataset = "gold", table = "patient_risk_by_minute" }
    hourly_average = { dataset = "gold", table = "vital_signs_hourly_average" }
    alerts         = { dataset = "gold", table = "current_alerts" }
    alert_episodes = { dataset = "gold", table = "alert_episodes" }
    ward_alerts    = { dataset = "gold", table = "ward_alert_counts" }
  }

  parameters = {
    for alias, source in local.sources : alias => join("&", [
      "ds.${alias}.connector=bigQuery",
      "ds.${alias}.datasourceName=${urlencode("vitals ${alias}")}",
      "ds.${alias}.type=TABLE",
      "ds.${alias}.projectId=${urlencode(var.project)}",
      "ds.${alias}.datasetId=${source.dataset}",
      "ds.${alias}.tableId=${source.table}",
      "ds.${alias}.refreshFields=true",
    ])
  }

  base = "https://datastudio.google.com/reporting/create"
}
