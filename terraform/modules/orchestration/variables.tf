variable "project" {
  description = "Id of the project."
  type        = string
}

variable "region" {
  description = "Region of job, workflow and scheduler."
  type        = string
}

variable "image" {
  description = "Image `vitals` by its digest, for the first revision; after that the deploy pipeline puts it in."
  type        = string

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "image must name an image by its digest, REGISTRY/vitals@sha256:...: a tag may be another image tomorrow."
  }
}

variable "lake" {
  description = "The lake, gs://BUCKET/PREFIX."
  type        = string

  validation {
    condition     = can(regex("^gs://[a-z0-9]", var.lake))
    error_message = "lake must be gs://BUCKET/PREFIX."
  }
}

variable "warehouse" {
  description = "The warehouse, bigquery:PROJECT."
  type        = string

  validation {
    condition     = can(regex("^bigquery:[a-z]", var.warehouse))
    error_message = "warehouse must be bigquery:PROJECT."
  }
}

variable "schedule" {
  description = "When, as five fields of cron. An execution begins whether or not the last has ended; every step may run beside itself."
  type        = string
  default     = "15 2 * * *"

  validation {
    condition     = can(regex("^\\S+( \\S+){4}$", var.schedule))
    error_message = "schedule must have the five fields of cron, such as 15 2 * * *."
  }
}

variable "time_zone" {
  description = "Zone of the schedule."
  type        = string
  default     = "Etc/UTC"
}

variable "paused" {
  description = "Keep the schedule, but start nothing."
  type        = bool
  default     = false
}

variable "cpus" {
  description = "Processors of the job."
  type        = number
  default     = 2
}

variable "memory_gib" {
  description = "Memory of the job in GiB; half of it is for local copies of files."
  type        = number
  default     = 8

  validation {
    condition     = var.memory_gib >= 4 && var.memory_gib <= 32
    error_message = "memory_gib must be 4 to 32."
  }
}

variable "job_service_account" {
  description = "Address of the account that the commands act as."
  type        = string
}

variable "workflow_service_account" {
  description = "Address of the account that starts the workflow, and that the workflow acts as."
  type        = string
}

variable "kms_key" {
  description = "Id of the key that the image's copy is encrypted with."
  type        = string
}

variable "network" {
  description = "Network of the job."
  type        = string
}

variable "subnetwork" {
  description = "Subnetwork of the job."
  type        = string
}

variable "deletion_protection" {
  description = "Refuse to delete the job."
  type        = bool
  default     = true
}

variable "labels" {
  description = "Labels of everything that can carry some."
  type        = map(string)
  default     = {}
}
