output "data_sources" {
  description = "Alias of each data source, its view, and a link that opens a new report over it alone."
  value = {
    for alias, source in local.sources : alias => {
      table = "${var.project}.${source.dataset}.${source.table}"
      link = join("&", [
        "${local.base}?r.reportName=${urlencode("${var.report_name}: ${alias}")}",
        replace(local.parameters[alias], "ds.${alias}.", "ds.ds0."),
      ])
    }
  }
}

output "report_link" {
  description = "Link that copies the template report over the project's own views; whoever opens it needs to read them."
  value = var.report_template == null ? "${local.base}?r.reportName=${urlencode(var.report_name)}&${replace(local.parameters["latest_risk"], "ds.latest_risk.", "ds.ds0.")}" : join("&", concat(
    ["${local.base}?c.reportId=${var.report_template}", "r.reportName=${urlencode(var.report_name)}"],
    values(local.parameters),
  ))
}
