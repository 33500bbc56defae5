mock_provider "google" {}

variables {
  project                  = "hospital-vitals-dev"
  project_number           = "123456789012"
  environment              = "dev"
  emails                   = ["oncall@example.org"]
  topic                    = "vitals"
  subscription             = "vitals-pipeline"
  dead_letter_subscription = "vitals-dead-letter"
  lake_bucket              = "hospital-vitals-dev-vitals-lake"
}

run "what_matters_is_watched" {
  command = plan

  assert {
    condition     = output.policies == tolist(["dead-letters", "job-failed", "lag", "lease-lost", "oldest-unacked", "stream-silent", "workflow-failed"])
    error_message = "lag, oldest message, dead letters, lost lease, silence, failed maintenance"
  }
  assert {
    condition     = alltrue([for name, policy in google_monitoring_alert_policy.threshold : strcontains(policy.documentation[0].content, "docs/operations.md, incident ${name}")])
    error_message = "each policy says what to do"
  }
  assert {
    condition     = strcontains(google_monitoring_alert_policy.threshold["oldest-unacked"].conditions[0].condition_threshold[0].filter, "\"vitals-pipeline\"")
    error_message = "the subscription of the pipeline"
  }
  assert {
    condition     = alltrue([for policy in google_monitoring_alert_policy.threshold : strcontains(policy.conditions[0].condition_threshold[0].filter, "resource.type=") && strcontains(policy.conditions[0].condition_threshold[0].filter, "metric.type=")])
    error_message = "the service refuses a filter without both"
  }
}

run "everybody_named_is_told" {
  command = apply

  assert {
    condition     = alltrue([for policy in google_monitoring_alert_policy.threshold : policy.notification_channels == tolist([for channel in google_monitoring_notification_channel.email : channel.id])])
    error_message = "every policy goes to every address"
  }
  assert {
    condition     = length(google_billing_budget.vitals) == 0
    error_message = "no budget without a billing account"
  }
}

run "the_dashboard_has_no_overlapping_tiles" {
  command = apply

  assert {
    condition     = length(distinct([for tile in jsondecode(google_monitoring_dashboard.vitals.dashboard_json).mosaicLayout.tiles : "${tile.xPos} ${tile.yPos}"])) == 10
    error_message = "ten charts, each in a place of its own"
  }
}

run "a_budget_counts_one_project" {
  command = plan
  variables {
    billing_account = "ABCDEF-012345-6789AB"
    budget_amount   = 200
  }

  assert {
    condition     = google_billing_budget.vitals[0].budget_filter[0].projects == toset(["projects/123456789012"]) && google_billing_budget.vitals[0].amount[0].specified_amount[0].units == "200"
    error_message = "this project, this amount"
  }
}

run "dataflow_is_watched_where_it_runs" {
  command = plan
  variables {
    dataflow_job = "vitals"
  }

  assert {
    condition     = contains(output.policies, "dataflow-failed") && contains(output.policies, "dataflow-lag")
    error_message = "failure and lag of the job"
  }
}

run "an_address_that_is_none_is_refused" {
  command = plan
  variables {
    emails = ["oncall"]
  }
  expect_failures = [var.emails]
}

run "a_billing_account_in_another_form_is_refused" {
  command = plan
  variables {
    billing_account = "billingAccounts/ABCDEF"
  }
  expect_failures = [var.billing_account]
}
