variable "project" {
  description = "Id of the project."
  type        = string
}

variable "region" {
  description = "Region of the process: that of lake and subscription."
  type        = string
}

variable "name" {
  description = "Name of the worker pool."
  type        = string
  default     = "vitals-stream"
}

variable "image" {
  description = "Image `vitals` by its digest, for the first revision; after that the deploy pipeline puts it in."
  type        = string

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "image must name an image by its digest, REGISTRY/vitals@sha256:...: a tag may be another image tomorrow."
  }
}

variable "source_url" {
  description = "What to read, as `vitals run --source` takes it."
  type        = string

  validation {
    condition     = can(regex("^pubsub:projects/[^/]+/subscriptions/[^/]+$", var.source_url))
    error_message = "source_url must be pubsub:projects/P/subscriptions/S."
  }
}

variable "lake" {
  description = "The lake, gs://BUCKET/PREFIX."
  type        = string

  validation {
    condition     = can(regex("^gs://[a-z0-9]", var.lake))
    error_message = "lake must be gs://BUCKET/PREFIX: the disk of an instance goes with it."
  }
}

variable "dead_letter_topic" {
  description = "Where dead letters are published to, pubsub:projects/P/topics/T. Not with Dataflow: they stay in the lake."
  type        = string
}

variable "warehouse" {
  description = "Where panes and alerts are appended seconds after their commit, bigquery:PROJECT; null for nowhere. Not with Dataflow."
  type        = string
  default     = null
}

variable "service_account" {
  description = "Address of the account that the process acts as."
  type        = string
}

variable "cpus" {
  description = "Processors, and threads that own a share of the patients each."
  type        = number
  default     = 2

  validation {
    condition     = contains([1, 2, 4, 6, 8], var.cpus)
    error_message = "cpus must be 1, 2, 4, 6 or 8: Cloud Run has no other instances."
  }
}

variable "memory_gib" {
  description = "Memory in GiB, cache and temporary files included."
  type        = number
  default     = 4

  validation {
    condition     = var.memory_gib >= 2 && var.memory_gib <= 32 && var.memory_gib <= 4 * var.cpus && var.memory_gib > var.cache_gib
    error_message = "memory_gib must be 2 to 32, at most 4 for each processor, and more than cache_gib, which is taken from it."
  }
}

variable "cache_gib" {
  description = "Memory in GiB for local copies of files of the lake."
  type        = number
  default     = 1
}

variable "dataflow" {
  description = "With Dataflow, what the deploy pipeline submits and the committer follows; null for the direct engine."
  type = object({
    job_name             = string
    temp_location        = string
    max_workers          = number
    worker_image         = string
    subnetwork_flag      = string
    machine_type         = optional(string)
    pseudonym_key_secret = string
  })
  default = null

  validation {
    condition     = var.dataflow == null ? true : can(regex("@sha256:[0-9a-f]{64}$", var.dataflow.worker_image))
    error_message = "dataflow.worker_image must name an image by its digest: `vitals run` refuses a tag."
  }
}

variable "pseudonym_key_secret" {
  description = "Id of the secret with the pseudonym key."
  type        = string
}

variable "pseudonym_key_version" {
  description = "Version of that secret. A number: another key makes other pseudonyms, so it must not change by itself."
  type        = string
  default     = "1"

  validation {
    condition     = can(regex("^[1-9][0-9]*$", var.pseudonym_key_version))
    error_message = "pseudonym_key_version must be the number of a version; latest would change every pseudonym one day."
  }
}

variable "inputs_bucket" {
  description = "Bucket with patients and model, which is mounted read-only."
  type        = string
  default     = null
}

variable "patients_file" {
  description = "Path in that bucket of the NDJSON file of people and stays; null for none."
  type        = string
  default     = null
}

variable "model_folder" {
  description = "Path in that bucket of the model's folder; null to score without one."
  type        = string
  default     = null
}

variable "timezone" {
  description = "Zone of event times that name none, such as Europe/Berlin."
  type        = string
  default     = null
}

variable "more_args" {
  description = "Further arguments of `vitals run`."
  type        = list(string)
  default     = []
}

variable "kms_key" {
  description = "Id of the key that the image's copy is encrypted with."
  type        = string
}

variable "network" {
  description = "Network of the process."
  type        = string
}

variable "subnetwork" {
  description = "Subnetwork of the process."
  type        = string
}

variable "deletion_protection" {
  description = "Refuse to delete the worker pool."
  type        = bool
  default     = true
}

variable "labels" {
  description = "Labels of everything that can carry some."
  type        = map(string)
  default     = {}
}
