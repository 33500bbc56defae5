# One table of what is watched. Each policy has a page in docs/operations.md by its name.

locals {
  subscription = "resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id="
  pool         = "resource.type=\"cloud_run_worker_pool\""

  policies = merge({
    oldest-unacked = {
      title     = "Readings wait in Pub/Sub"
      severity  = "CRITICAL"
      filter    = "${local.subscription}\"${var.subscription}\" AND metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\""
      aligner   = "ALIGN_MAX"
      threshold = var.oldest_unacked_seconds
      duration  = "300s"
      unit      = "s"
    }
    lag = {
      title     = "The lake is behind"
      severity  = "ERROR"
      filter    = "${local.pool} AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.lag.name}\""
      aligner   = "ALIGN_PERCENTILE_95"
      threshold = var.lag_seconds
      duration  = "300s"
      unit      = "s"
    }
    dead-letters = {
      title     = "Dead letters pile up"
      severity  = "WARNING"
      filter    = "${local.subscription}\"${var.dead_letter_subscription}\" AND metric.type=\"pubsub.googleapis.com/subscription/num_undelivered_messages\""
      aligner   = "ALIGN_MAX"
      threshold = var.dead_letters
      duration  = "600s"
      unit      = "messages"
    }
    lease-lost = {
      title     = "Two writers have met in the lake"
      severity  = "ERROR"
      filter    = "${local.pool} AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.lease_lost.name}\""
      aligner   = "ALIGN_DELTA"
      threshold = 0
      duration  = "0s"
      unit      = "times"
    }
    job-failed = {
      title     = "A maintenance job has failed"
      severity  = "ERROR"
      filter    = "resource.type=\"cloud_run_job\" AND resource.labels.job_name=\"${var.maintenance_job}\" AND metric.type=\"run.googleapis.com/job/completed_execution_count\" AND metric.labels.result=\"failed\""
      aligner   = "ALIGN_DELTA"
      threshold = 0
      duration  = "0s"
      unit      = "times"
    }
    workflow-failed = {
      title     = "The maintenance workflow has failed"
      severity  = "ERROR"
      filter    = "resource.type=\"workflows.googleapis.com/Workflow\" AND resource.labels.workflow_id=\"${var.workflow}\" AND metric.type=\"workflows.googleapis.com/finished_execution_count\" AND metric.labels.status=\"FAILED\""
      aligner   = "ALIGN_DELTA"
      threshold = 0
      duration  = "0s"
      unit      = "times"
    }
    }, var.dataflow_job == null ? {} : {
    dataflow-failed = {
      title     = "The Dataflow job has failed"
      severity  = "CRITICAL"
      filter    = "resource.type=\"dataflow_job\" AND resource.labels.job_name=\"${var.dataflow_job}\" AND metric.type=\"dataflow.googleapis.com/job/is_failed\""
      aligner   = "ALIGN_MAX"
      threshold = 0
      duration  = "0s"
      unit      = "times"
    }
    dataflow-lag = {
      title     = "The Dataflow job is behind"
      severity  = "ERROR"
      filter    = "resource.type=\"dataflow_job\" AND resource.labels.job_name=\"${var.dataflow_job}\" AND metric.type=\"dataflow.googleapis.com/job/system_lag\""
      aligner   = "ALIGN_MAX"
      threshold = var.lag_seconds
      duration  = "300s"
      unit      = "s"
    }
  })
}

resource "google_monitoring_notification_channel" "email" {
  for_each     = toset(var.emails)
  project      = var.project
  display_name = "vitals: ${each.value}"
  type         = "email"
  labels       = { email_address = each.value }
  user_labels  = var.labels
}

locals {
  channels = [for channel in google_monitoring_notification_channel.email : channel.id]
}

resource "google_monitoring_alert_policy" "threshold" {
  for_each              = local.policies
  project               = var.project
  display_name          = "vitals: ${each.key}"
  combiner              = "OR"
  severity              = each.value.severity
  notification_channels = local.channels
  user_labels           = var.labels

  conditions {
    display_name = "${each.value.title} (> ${each.value.threshold} ${each.value.unit})"
    condition_threshold {
      filter          = each.value.filter
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.threshold
      duration        = each.value.duration
      aggregations {
        alignment_period   = "60s"
        per_series_aligner = each.value.aligner
      }
      trigger {
        count = 1
      }
    }
  }

  documentation {
    subject   = each.value.title
    mime_type = "text/markdown"
    content   = "${each.value.title}. What to do: docs/operations.md, incident ${each.key}."
  }

  alert_strategy {
    auto_close = "86400s"
  }
}

# Nothing is said at all: the process does not run, or hangs.
resource "google_monitoring_alert_policy" "silent" {
  project               = var.project
  display_name          = "vitals: stream-silent"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = local.channels
  user_labels           = var.labels

  conditions {
    display_name = "No line of progress for ten minutes"
    condition_absent {
      filter   = "${local.pool} AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.status.name}\""
      duration = "600s"
      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  documentation {
    subject   = "Nothing writes the lake"
    mime_type = "text/markdown"
    content   = "Nothing writes the lake. What to do: docs/operations.md, incident stream-silent."
  }
}
