variables {
  project         = "hospital-vitals-dev"
  report_template = "0aBcD1efGhijKLmnop"
}

run "a_copy_of_the_template_reads_this_project" {
  command = plan

  assert {
    condition     = startswith(output.report_link, "https://datastudio.google.com/reporting/create?c.reportId=0aBcD1efGhijKLmnop&")
    error_message = "a copy of the template"
  }
  assert {
    condition = alltrue([
      for alias in keys(output.data_sources) : strcontains(output.report_link, "ds.${alias}.projectId=hospital-vitals-dev") && strcontains(output.report_link, "ds.${alias}.type=TABLE")
    ])
    error_message = "every data source is the project's own"
  }
}

run "every_data_source_is_a_view_that_there_is" {
  command = plan

  assert {
    condition     = alltrue([for source in output.data_sources : fileexists("../../../bigquery/views/${trimprefix(source.table, "hospital-vitals-dev.")}.sql")])
    error_message = "the views of bigquery/views/"
  }
}

run "without_a_template_an_empty_report_opens" {
  command = plan
  variables {
    report_template = null
  }

  assert {
    condition     = strcontains(output.report_link, "ds.ds0.tableId=patient_latest_risk") && !strcontains(output.report_link, "c.reportId")
    error_message = "over the first data source"
  }
}

run "an_address_is_no_template" {
  command = plan
  variables {
    report_template = "https://datastudio.google.com/reporting/1"
  }
  expect_failures = [var.report_template]
}
