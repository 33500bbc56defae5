# Maintenance: Cloud Scheduler starts a workflow, whose steps run one Cloud Run job with other arguments each (docs/orchestration.md).

resource "google_cloud_run_v2_job" "maintenance" {
  project             = var.project
  name                = "vitals-maintenance"
  location            = var.region
  deletion_protection = var.deletion_protection
  labels              = var.labels

  template {
    parallelism = 1
    task_count  = 1
    labels      = var.labels

    template {
      service_account       = var.job_service_account
      encryption_key        = var.kms_key
      execution_environment = "EXECUTION_ENVIRONMENT_GEN2"
      # The workflow waits for three times its step's minutes.
      max_retries = 2
      timeout     = "7200s"

      containers {
        name  = "vitals"
        image = var.image
        # Harmless by itself: the workflow says what to do.
        args = ["doctor", "--lake", var.lake]

        resources {
          limits = {
            cpu    = tostring(var.cpus)
            memory = "${var.memory_gib}Gi"
          }
        }

        env {
          name  = "LAKE_CACHE"
          value = "/cache"
        }
        env {
          name  = "LAKE_CACHE_BYTES"
          value = tostring(floor(var.memory_gib / 2) * 1024 * 1024 * 1024)
        }

        volume_mounts {
          name       = "cache"
          mount_path = "/cache"
        }
      }

      volumes {
        name = "cache"
        empty_dir {
          medium     = "MEMORY"
          size_limit = "${floor(var.memory_gib / 2)}Gi"
        }
      }

      vpc_access {
        egress = "ALL_TRAFFIC"
        network_interfaces {
          network    = var.network
          subnetwork = var.subnetwork
        }
      }
    }
  }

  lifecycle {
    # The deploy pipeline puts each release's image in by its digest.
    ignore_changes = [template[0].template[0].containers[0].image, client, client_version]
  }
}

resource "google_workflows_workflow" "maintenance" {
  project             = var.project
  region              = var.region
  name                = "vitals-maintenance"
  description         = "Load the warehouse and keep the lake in order"
  service_account     = var.workflow_service_account
  call_log_level      = "LOG_ERRORS_ONLY"
  source_contents     = file("${path.module}/maintenance.workflow.yaml")
  deletion_protection = false # made again from its text
  labels              = var.labels
}

resource "google_cloud_scheduler_job" "maintenance" {
  project     = var.project
  region      = var.region
  name        = "vitals-maintenance"
  description = "Starts the workflow of this name"
  schedule    = var.schedule
  time_zone   = var.time_zone
  paused      = var.paused
  # Starting an execution takes a second; the execution itself is not waited for.
  attempt_deadline = "30s"

  retry_config {
    retry_count = 3
  }

  http_target {
    http_method = "POST"
    uri         = "https://workflowexecutions.googleapis.com/v1/${google_workflows_workflow.maintenance.id}/executions"
    headers     = { "Content-Type" = "application/json" }
    body        = base64encode(jsonencode({ argument = jsonencode(local.argument) }))

    oauth_token {
      service_account_email = var.workflow_service_account
      scope                 = "https://www.googleapis.com/auth/cloud-platform"
    }
  }
}

locals {
  argument = {
    project   = var.project
    region    = var.region
    lake      = var.lake
    warehouse = var.warehouse
    job       = google_cloud_run_v2_job.maintenance.name
  }
}
