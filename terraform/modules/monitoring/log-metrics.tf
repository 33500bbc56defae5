# What the program says of itself, as metrics. Each pattern is held against the program's own words by test/terraform/monitoring.test.ts.

locals {
  stream_log = "resource.type=\"cloud_run_worker_pool\" AND resource.labels.worker_pool_name=\"${var.stream}\""

  # The line that `vitals run` writes every five seconds (cli/status-line.ts).
  status_line = "received [0-9,]+  silver [0-9,]+"
  # Somebody else writes the lake (lake/lease.ts, lake/manifest-log.ts).
  lease_lost = "Another writer (has taken over the lake|committed batch)"
}

resource "google_logging_metric" "status" {
  project     = var.project
  name        = "vitals/status_lines"
  description = "Lines of progress: none means that nothing writes the lake"
  filter      = "${local.stream_log} AND textPayload=~\"${local.status_line}\""

  metric_descriptor {
    metric_kind  = "DELTA"
    value_type   = "INT64"
    unit         = "1"
    display_name = "Lines of progress"
  }
}

resource "google_logging_metric" "lag" {
  project         = var.project
  name            = "vitals/lag_seconds"
  description     = "Seconds from the arrival of a message to its commit"
  filter          = "${local.stream_log} AND textPayload=~\"lag [0-9.]+ s\""
  value_extractor = "REGEXP_EXTRACT(textPayload, \"lag ([0-9.]+) s\")"

  metric_descriptor {
    metric_kind  = "DELTA"
    value_type   = "DISTRIBUTION"
    unit         = "s"
    display_name = "Lag"
  }
  bucket_options {
    exponential_buckets {
      num_finite_buckets = 20
      growth_factor      = 2
      scale              = 0.1
    }
  }
}

resource "google_logging_metric" "lease_lost" {
  project     = var.project
  name        = "vitals/lease_lost"
  description = "A writer found that another one has the lake"
  filter      = "resource.type=(\"cloud_run_worker_pool\" OR \"cloud_run_job\") AND textPayload=~\"${local.lease_lost}\""

  metric_descriptor {
    metric_kind  = "DELTA"
    value_type   = "INT64"
    unit         = "1"
    display_name = "Leases lost"
  }
}
