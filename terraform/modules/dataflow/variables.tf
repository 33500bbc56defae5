variable "project" {
  description = "Id of the project."
  type        = string
}

variable "region" {
  description = "Region of the job and of its bucket."
  type        = string
}

variable "dataflow" {
  description = "Whether the stream runs on Dataflow. Without it only the bucket is made, which releases are kept in."
  type        = bool
  default     = false
}

variable "staging_bucket" {
  description = "Name of the bucket for what jobs stage and spill, and for releases."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.staging_bucket)) && !startswith(var.staging_bucket, "goog")
    error_message = "staging_bucket must have 3 to 63 lower-case letters, digits and dashes, and not begin with goog."
  }
}

variable "kms_key" {
  description = "Id of the key that objects are encrypted with."
  type        = string
}

variable "network_name" {
  description = "Name of the network of the workers."
  type        = string
}

variable "pipeline" {
  description = "Member that workers and committer act as."
  type        = string
}

variable "release_days" {
  description = "Days that a release (digests and saved plan) can be deployed."
  type        = number
  default     = 90
}

variable "force_destroy" {
  description = "Let terraform destroy delete a bucket that is not empty."
  type        = bool
  default     = false
}

variable "labels" {
  description = "Labels of everything that can carry some."
  type        = map(string)
  default     = {}
}
