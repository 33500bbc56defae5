mock_provider "google" {
  # The mocked member would be a random string.
  mock_resource "google_service_account" {
    defaults = {
      member = "serviceAccount:vitals-any@hospital-vitals-dev.iam.gserviceaccount.com"
    }
  }
}

variables {
  project              = "hospital-vitals-dev"
  region               = "europe-west4"
  environment          = "dev"
  repository           = "projects/hospital-vitals-dev/locations/europe-west4/connections/github/repositories/vitals"
  lake                 = "gs://hospital-vitals-dev-vitals-lake/lake"
  staging_bucket       = "hospital-vitals-dev-vitals-staging"
  state_bucket         = "hospital-vitals-dev-vitals-terraform"
  pseudonym_key_secret = "vitals-pseudonym-key"
  act_as               = { pipeline = "projects/hospital-vitals-dev/serviceAccounts/vitals-pipeline@hospital-vitals-dev.iam.gserviceaccount.com" }
}

run "each_build_has_its_file_and_its_account" {
  command = apply

  assert {
    condition = { for name, trigger in google_cloudbuild_trigger.vitals : name => trigger.filename } == {
      pull-request = "cloudbuild.pull-request.yaml", main = "cloudbuild.yaml", deploy = "cloudbuild.deploy.yaml"
    }
    error_message = "three builds"
  }
  assert {
    condition     = google_cloudbuild_trigger.vitals["pull-request"].service_account == google_service_account.planner.id
    error_message = "a pull request can only look"
  }
  assert {
    condition     = google_cloudbuild_trigger.vitals["deploy"].service_account == google_service_account.deployer.id
    error_message = "a deploy deploys"
  }
}

run "only_a_deploy_waits_for_an_approval_and_it_does" {
  command = plan

  assert {
    condition     = { for name, trigger in google_cloudbuild_trigger.vitals : name => trigger.approval_config[0].approval_required } == { pull-request = false, main = false, deploy = true }
    error_message = "a deploy needs an approval"
  }
  assert {
    condition     = google_cloudbuild_trigger.vitals["pull-request"].repository_event_config[0].pull_request[0].comment_control == "COMMENTS_ENABLED_FOR_EXTERNAL_CONTRIBUTORS_ONLY"
    error_message = "strangers' code waits for a comment"
  }
}

run "substitutions_are_those_of_the_files" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for trigger in google_cloudbuild_trigger.vitals : [
        for name in keys(trigger.substitutions) : contains(keys(yamldecode(file("../../../${trigger.filename}")).substitutions), name)
      ]
    ]))
    error_message = "a substitution that a file does not have fails its build"
  }
}

run "nobody_has_a_basic_role" {
  command = plan

  assert {
    condition = length(setintersection(
      [for grant in concat(values(google_project_iam_member.planner), values(google_project_iam_member.deployer)) : grant.role],
      ["roles/owner", "roles/editor", "roles/viewer"],
    )) == 0
    error_message = "no basic roles"
  }
  assert {
    condition     = alltrue([for grant in google_project_iam_member.planner : can(regex("[vV]iewer$|[rR]eader$|Reviewer$|browser$|Consumer$|logWriter$", grant.role))])
    error_message = "the planner only looks, and writes its own log"
  }
  assert {
    condition     = !contains([for grant in google_project_iam_member.planner : grant.role], "roles/secretmanager.secretAccessor")
    error_message = "the planner reads no secret"
  }
}

run "a_deployer_that_does_not_apply_cannot_change_policies" {
  command = plan
  variables {
    deployer_applies = false
  }

  assert {
    condition     = toset([for grant in google_project_iam_member.deployer : grant.role]) == toset(["roles/dataflow.developer", "roles/logging.logWriter", "roles/run.developer"])
    error_message = "jobs and revisions only"
  }
}

run "the_key_is_read_only_to_submit_a_job" {
  command = plan

  assert {
    condition     = length(google_secret_manager_secret_iam_member.pseudonym_key) == 0
    error_message = "the direct engine is not submitted"
  }
}

run "no_repository_no_triggers" {
  command = plan
  variables {
    repository = null
  }

  assert {
    condition     = length(google_cloudbuild_trigger.vitals) == 0
    error_message = "accounts only"
  }
}

run "an_address_is_no_connected_repository" {
  command = plan
  variables {
    repository = "https://github.com/example/vitals"
  }
  expect_failures = [var.repository]
}
