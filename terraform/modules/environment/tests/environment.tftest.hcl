mock_provider "google" {}
mock_provider "google-beta" {}

variables {
  project     = "hospital-vitals-dev"
  region      = "europe-west4"
  environment = "dev"
  protected   = false
}

run "without_an_image_nothing_runs" {
  command = plan

  assert {
    condition     = output.stream == null && output.maintenance_job == null
    error_message = "the first apply makes the repository that images are pushed to"
  }
  assert {
    condition     = output.lake == "gs://hospital-vitals-dev-vitals-lake/lake" && output.temp_location == "gs://hospital-vitals-dev-vitals-staging/dataflow"
    error_message = "names follow from the project"
  }
}

run "dataflow_is_off_unless_chosen" {
  command = plan

  assert {
    condition     = !contains(keys(google_project_service.api), "dataflow")
    error_message = "its interface stays off"
  }
}

run "a_name_is_no_id" {
  command = plan
  variables {
    project = "Hospital Vitals"
  }
  expect_failures = [var.project]
}

run "a_number_is_no_id" {
  command = plan
  variables {
    project = "123456789012"
  }
  expect_failures = [var.project]
}

run "a_multi_region_is_refused" {
  command = plan
  variables {
    region = "EU"
  }
  expect_failures = [var.region]
}

run "a_zone_is_refused" {
  command = plan
  variables {
    region = "europe-west4-a"
  }
  expect_failures = [var.region]
}

run "an_unknown_engine_is_refused" {
  command = plan
  variables {
    engine = "spark"
  }
  expect_failures = [var.engine]
}

run "a_size_between_is_refused" {
  command = plan
  variables {
    size = "medium"
  }
  expect_failures = [var.size]
}

run "a_tag_is_refused" {
  command = plan
  variables {
    image = "europe-west4-docker.pkg.dev/hospital-vitals-dev/vitals/vitals:latest"
  }
  expect_failures = [var.image]
}

run "dataflow_without_a_worker_image_is_refused" {
  command = plan
  variables {
    engine = "dataflow"
    image  = "europe-west4-docker.pkg.dev/hospital-vitals-dev/vitals/vitals@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }
  expect_failures = [var.worker_image]
}
