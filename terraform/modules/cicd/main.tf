# Cloud Build (docs/cloud-build.md): the three builds of the repository, each begun by its trigger and run as an account of its own.

locals {
  triggers = var.repository == null ? {} : {
    pull-request = {
      file     = "cloudbuild.pull-request.yaml"
      event    = { pull_request = var.main_branch }
      account  = google_service_account.planner
      approval = false
      describe = "Checks, and what Terraform would change"
      substitutions = {
        _ACCOUNT      = google_service_account.planner.account_id
        _ENVIRONMENT  = var.environment
        _REGION       = var.region
        _STATE_BUCKET = var.state_bucket
      }
    }
    main = {
      file     = "cloudbuild.yaml"
      event    = { branch = var.main_branch }
      account  = google_service_account.deployer
      approval = false
      describe = "Checks, both images, and a saved plan"
      substitutions = {
        _ENVIRONMENT    = var.environment
        _REGION         = var.region
        _STAGING_BUCKET = var.staging_bucket
        _STATE_BUCKET   = var.state_bucket
      }
    }
    deploy = {
      file     = "cloudbuild.deploy.yaml"
      event    = { tag = var.deploy_tag }
      account  = google_service_account.deployer
      approval = true
      describe = "Applies the saved plan and puts the images in, once approved"
      substitutions = {
        _ENGINE         = var.engine
        _ENVIRONMENT    = var.environment
        _LAKE           = var.lake
        _REGION         = var.region
        _STAGING_BUCKET = var.staging_bucket
        _STATE_BUCKET   = var.state_bucket
      }
    }
  }
}

resource "google_cloudbuild_trigger" "vitals" {
  for_each        = local.triggers
  project         = var.project
  location        = var.region
  name            = "vitals-${each.key}"
  description     = each.value.describe
  filename        = each.value.file
  service_account = each.value.account.id
  substitutions   = each.value.substitutions
  tags            = [for key, value in var.labels : "${key}-${value}"]

  repository_event_config {
    repository = var.repository

    dynamic "pull_request" {
      for_each = contains(keys(each.value.event), "pull_request") ? [each.value.event.pull_request] : []
      content {
        branch = "^${pull_request.value}$"
        # Strangers' code runs only after a member of the project has said so.
        comment_control = "COMMENTS_ENABLED_FOR_EXTERNAL_CONTRIBUTORS_ONLY"
      }
    }
    dynamic "push" {
      for_each = contains(keys(each.value.event), "pull_request") ? [] : [each.value.event]
      content {
        branch = contains(keys(push.value), "branch") ? "^${push.value.branch}$" : null
        tag    = contains(keys(push.value), "tag") ? push.value.tag : null
      }
    }
  }

  approval_config {
    approval_required = each.value.approval
  }
}
