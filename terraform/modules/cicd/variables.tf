variable "project" {
  description = "Id of the project."
  type        = string
}

variable "region" {
  description = "Region of the builds."
  type        = string
}

variable "environment" {
  description = "Folder below terraform/envs that is planned and applied."
  type        = string
}

variable "repository" {
  description = "The connected repository, projects/P/locations/R/connections/C/repositories/N; null for accounts without triggers."
  type        = string
  default     = null

  validation {
    condition     = var.repository == null ? true : can(regex("^projects/[^/]+/locations/[^/]+/connections/[^/]+/repositories/[^/]+$", var.repository))
    error_message = "repository must be projects/P/locations/R/connections/C/repositories/N; gcloud builds repositories list shows it."
  }
}

variable "main_branch" {
  description = "Branch that is built, and that pull requests go to."
  type        = string
  default     = "main"
}

variable "deploy_tag" {
  description = "Pattern of tags that ask for a deploy."
  type        = string
  default     = "^v[0-9]+\\.[0-9]+\\.[0-9]+$"
}

variable "engine" {
  description = "What runs the graph: direct or dataflow."
  type        = string
  default     = "direct"

  validation {
    condition     = contains(["direct", "dataflow"], var.engine)
    error_message = "engine must be direct or dataflow."
  }
}

variable "lake" {
  description = "The lake, gs://BUCKET/PREFIX."
  type        = string
}

variable "staging_bucket" {
  description = "Bucket for releases and for what is staged."
  type        = string
}

variable "state_bucket" {
  description = "Bucket with Terraform's state."
  type        = string
}

variable "image_repository" {
  description = "Name of the repository of images."
  type        = string
  default     = "vitals"
}

variable "pseudonym_key_secret" {
  description = "Id of the secret with the pseudonym key: a job on Dataflow is submitted with a check of it."
  type        = string
}

variable "act_as" {
  description = "Resource names of the accounts that the deployer deploys for, by a name of their own."
  type        = map(string)
  default     = {}
}

variable "deployer_applies" {
  description = "Whether the deployer applies Terraform, for which it needs to create accounts and policies; else somebody else does."
  type        = bool
  default     = true
}

variable "labels" {
  description = "Labels, which triggers carry as tags."
  type        = map(string)
  default     = {}
}
