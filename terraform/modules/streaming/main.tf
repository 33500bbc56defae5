# The one process that writes the lake: the direct engine, or with Dataflow the committer of what its job lands. A worker pool of Cloud
# Run: it pulls and serves no requests, so it has its processor all the time and no port.

resource "google_cloud_run_v2_worker_pool" "stream" {
  project             = var.project
  name                = var.name
  location            = var.region
  description         = "vitals run: the one writer of the lake"
  deletion_protection = var.deletion_protection
  labels              = var.labels

  # A lake has one writer. A second instance would wait for the lock, and cost as much.
  scaling {
    scaling_mode          = "MANUAL"
    manual_instance_count = 1
  }

  template {
    service_account                  = var.service_account
    encryption_key                   = var.kms_key
    encryption_key_revocation_action = "PREVENT_NEW"
    labels                           = var.labels

    containers {
      name  = "vitals"
      image = var.image
      args  = local.args

      resources {
        limits = {
          cpu    = tostring(var.cpus)
          memory = "${var.memory_gib}Gi"
        }
      }

      env {
        name  = "LAKE_CACHE"
        value = local.cache_folder
      }
      env {
        name  = "LAKE_CACHE_BYTES"
        value = tostring(var.cache_gib * 1024 * 1024 * 1024)
      }

      volume_mounts {
        name       = "cache"
        mount_path = local.cache_folder
      }
      volume_mounts {
        name       = "pseudonym-key"
        mount_path = local.key_folder
      }
      dynamic "volume_mounts" {
        for_each = local.inputs
        content {
          name       = "inputs"
          mount_path = local.inputs_folder
        }
      }
    }

    # Local copies of files of the lake; memory, like every file of an instance.
    volumes {
      name = "cache"
      empty_dir {
        medium     = "MEMORY"
        size_limit = "${var.cache_gib}Gi"
      }
    }
    volumes {
      name = "pseudonym-key"
      secret {
        secret       = var.pseudonym_key_secret
        default_mode = 292 # 0444: the image runs as a user of its own
        items {
          path    = "key"
          version = var.pseudonym_key_version
        }
      }
    }
    dynamic "volumes" {
      for_each = local.inputs
      content {
        name = "inputs"
        gcs {
          bucket    = var.inputs_bucket
          read_only = true
        }
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

  lifecycle {
    # The deploy pipeline puts each release's image in by its digest, and with it the command line, which names the image of the workers.
    ignore_changes = [template[0].containers[0].image, template[0].containers[0].args, client, client_version]
  }
}
