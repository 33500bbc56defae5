# One page: is it running, how far behind, what is refused, does maintenance succeed.

locals {
  charts = [
    { title = "Oldest message not acknowledged (s)", filter = local.policies["oldest-unacked"].filter, aligner = "ALIGN_MAX", threshold = var.oldest_unacked_seconds },
    { title = "Lag of the lake, 95th percentile (s)", filter = local.policies["lag"].filter, aligner = "ALIGN_PERCENTILE_95", threshold = var.lag_seconds },
    { title = "Messages published (1/s)", filter = "resource.type=\"pubsub_topic\" AND resource.labels.topic_id=\"${var.topic}\" AND metric.type=\"pubsub.googleapis.com/topic/send_message_operation_count\"", aligner = "ALIGN_RATE", threshold = null },
    { title = "Messages waiting", filter = "${local.subscription}\"${var.subscription}\" AND metric.type=\"pubsub.googleapis.com/subscription/num_undelivered_messages\"", aligner = "ALIGN_MAX", threshold = null },
    { title = "Dead letters nobody has looked at", filter = local.policies["dead-letters"].filter, aligner = "ALIGN_MAX", threshold = var.dead_letters },
    { title = "Lines of progress (1/min)", filter = "${local.pool} AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.status.name}\"", aligner = "ALIGN_DELTA", threshold = null },
    { title = "Processor of the stream", filter = "${local.pool} AND resource.labels.worker_pool_name=\"${var.stream}\" AND metric.type=\"run.googleapis.com/container/cpu/utilizations\"", aligner = "ALIGN_PERCENTILE_99", threshold = null },
    { title = "Memory of the stream", filter = "${local.pool} AND resource.labels.worker_pool_name=\"${var.stream}\" AND metric.type=\"run.googleapis.com/container/memory/utilizations\"", aligner = "ALIGN_PERCENTILE_99", threshold = null },
    { title = "Maintenance jobs failed", filter = local.policies["job-failed"].filter, aligner = "ALIGN_DELTA", threshold = null },
    { title = "Bytes in the lake", filter = "resource.type=\"gcs_bucket\" AND resource.labels.bucket_name=\"${var.lake_bucket}\" AND metric.type=\"storage.googleapis.com/storage/v2/total_bytes\"", aligner = "ALIGN_MEAN", threshold = null },
  ]
}

resource "google_monitoring_dashboard" "vitals" {
  project = var.project
  dashboard_json = jsonencode({
    displayName = "Vitals (${var.environment})"
    labels      = { for key, value in var.labels : "${key}-${value}" => "" }
    mosaicLayout = {
      columns = 48
      tiles = [
        for i, chart in local.charts : {
          xPos   = (i % 2) * 24
          yPos   = floor(i / 2) * 16
          width  = 24
          height = 16
          widget = {
            title = chart.title
            xyChart = {
              dataSets = [{
                plotType = "LINE"
                timeSeriesQuery = {
                  timeSeriesFilter = {
                    filter      = chart.filter
                    aggregation = { alignmentPeriod = "60s", perSeriesAligner = chart.aligner }
                  }
                }
              }]
              thresholds = [for value in chart.threshold[*] : { value = value }]
            }
          }
        }
      ]
    }
  })
}
