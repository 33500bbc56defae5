mock_provider "google" {}

variables {
  project              = "hospital-vitals-dev"
  region               = "europe-west4"
  image                = "europe-west4-docker.pkg.dev/hospital-vitals-dev/vitals/vitals@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  source_url           = "pubsub:projects/hospital-vitals-dev/subscriptions/vitals-pipeline"
  lake                 = "gs://hospital-vitals-dev-vitals-lake/lake"
  dead_letter_topic    = "pubsub:projects/hospital-vitals-dev/topics/vitals-dead-letter"
  service_account      = "vitals-pipeline@hospital-vitals-dev.iam.gserviceaccount.com"
  pseudonym_key_secret = "vitals-pseudonym-key"
  kms_key              = "projects/hospital-vitals-dev/locations/europe-west4/keyRings/vitals/cryptoKeys/vitals-run"
  network              = "projects/hospital-vitals-dev/global/networks/vitals"
  subnetwork           = "vitals-workers"
}

run "a_lake_has_one_writer" {
  command = plan

  assert {
    condition     = google_cloud_run_v2_worker_pool.stream.scaling[0].scaling_mode == "MANUAL" && google_cloud_run_v2_worker_pool.stream.scaling[0].manual_instance_count == 1
    error_message = "one instance, never more"
  }
  assert {
    condition     = google_cloud_run_v2_worker_pool.stream.template[0].service_account == var.service_account
    error_message = "it acts as the account of the pipeline"
  }
  assert {
    condition     = google_cloud_run_v2_worker_pool.stream.template[0].vpc_access[0].egress == "ALL_TRAFFIC"
    error_message = "nothing goes past the network"
  }
}

run "the_direct_engine_runs_as_documented" {
  command = plan

  assert {
    condition = google_cloud_run_v2_worker_pool.stream.template[0].containers[0].args == tolist([
      "run", "--source", "pubsub:projects/hospital-vitals-dev/subscriptions/vitals-pipeline", "--lake", "gs://hospital-vitals-dev-vitals-lake/lake",
      "--workers", "2", "--dead-letter-topic", "pubsub:projects/hospital-vitals-dev/topics/vitals-dead-letter", "--pseudonym-key-file", "/secrets/pseudonym/key",
    ])
    error_message = "the command line"
  }
  assert {
    condition = alltrue([
      for mount in google_cloud_run_v2_worker_pool.stream.template[0].containers[0].volume_mounts :
      contains([for volume in google_cloud_run_v2_worker_pool.stream.template[0].volumes : volume.name], mount.name)
    ])
    error_message = "what is mounted is there"
  }
  assert {
    condition     = alltrue([for variable in google_cloud_run_v2_worker_pool.stream.template[0].containers[0].env : !startswith(variable.name, "VITALS_")])
    error_message = "VITALS_* are options of the command, and an unknown one is refused"
  }
}

run "patients_and_model_are_mounted_read_only" {
  command = plan
  variables {
    inputs_bucket = "hospital-vitals-dev-vitals-lake"
    patients_file = "inputs/patients.ndjson"
    model_folder  = "inputs/model"
  }

  assert {
    condition     = alltrue([for argument in ["/inputs/inputs/patients.ndjson", "/inputs/inputs/model"] : contains(output.args, argument)])
    error_message = "paths below the mount"
  }
  assert {
    condition     = [for volume in google_cloud_run_v2_worker_pool.stream.template[0].volumes : volume.gcs[0].read_only if length(volume.gcs) > 0] == [true]
    error_message = "nothing is written there"
  }
}

run "with_dataflow_it_commits" {
  command = plan
  variables {
    dataflow = {
      job_name             = "vitals"
      temp_location        = "gs://hospital-vitals-dev-vitals-staging/dataflow"
      max_workers          = 3
      worker_image         = "europe-west4-docker.pkg.dev/hospital-vitals-dev/vitals/vitals-worker@sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
      subnetwork_flag      = "regions/europe-west4/subnetworks/vitals-workers"
      pseudonym_key_secret = "projects/hospital-vitals-dev/secrets/vitals-pseudonym-key"
    }
  }

  assert {
    condition     = contains(output.args, "dataflow") && contains(output.args, "projects/hospital-vitals-dev/secrets/vitals-pseudonym-key/versions/1") && !contains(output.args, "--dead-letter-topic")
    error_message = "the command line of the committer"
  }
  assert {
    condition     = google_cloud_run_v2_worker_pool.stream.scaling[0].manual_instance_count == 1
    error_message = "still one writer"
  }
}

run "a_tag_is_refused" {
  command = plan
  variables {
    image = "europe-west4-docker.pkg.dev/hospital-vitals-dev/vitals/vitals:latest"
  }
  expect_failures = [var.image]
}

run "a_lake_on_the_disk_of_an_instance_is_refused" {
  command = plan
  variables {
    lake = "/lake"
  }
  expect_failures = [var.lake]
}

run "the_latest_key_is_refused" {
  command = plan
  variables {
    pseudonym_key_version = "latest"
  }
  expect_failures = [var.pseudonym_key_version]
}

run "three_processors_are_refused" {
  command = plan
  variables {
    cpus = 3
  }
  expect_failures = [var.cpus]
}

run "a_cache_larger_than_the_memory_is_refused" {
  command = plan
  variables {
    cache_gib = 4
  }
  expect_failures = [var.memory_gib]
}
