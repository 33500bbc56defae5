variable "project" {
  description = "Id of the project."
  type        = string
}

variable "location" {
  description = "Region of the bucket: that of what reads and writes it."
  type        = string
}

variable "bucket" {
  description = "Name of the bucket."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket)) && !startswith(var.bucket, "goog")
    error_message = "bucket must have 3 to 63 lower-case letters, digits and dashes, and not begin with goog."
  }
}

variable "prefix" {
  description = "Folder of the lake in its bucket."
  type        = string
  default     = "lake"

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]*$", var.prefix))
    error_message = "prefix must be one folder of lower-case letters, digits and dashes."
  }
}

variable "kms_key" {
  description = "Id of the key that objects are encrypted with."
  type        = string
}

variable "nearline_days" {
  description = "Age in days at which bronze becomes NEARLINE; null for never. Every full audit then pays for reading it."
  type        = number
  default     = null

  validation {
    condition     = var.nearline_days == null ? true : var.nearline_days >= 1
    error_message = "nearline_days must be at least 1, or null."
  }
}

variable "coldline_days" {
  description = "Age in days at which bronze becomes COLDLINE; null for never."
  type        = number
  default     = null

  validation {
    condition     = var.coldline_days == null ? true : var.coldline_days >= 30 + coalesce(var.nearline_days, 0)
    error_message = "coldline_days must be at least 30 days after nearline_days: NEARLINE is paid for 30 days."
  }
}

variable "noncurrent_days" {
  description = "Days that a deleted or replaced object can be had back."
  type        = number
  default     = 14

  validation {
    condition     = var.noncurrent_days >= 1
    error_message = "noncurrent_days must be at least 1."
  }
}

variable "soft_delete_days" {
  description = "Days that even a deleted bucket's objects can be had back, paid like live ones; 0 for none, else 7 to 90."
  type        = number
  default     = 7

  validation {
    condition     = var.soft_delete_days == 0 || (var.soft_delete_days >= 7 && var.soft_delete_days <= 90)
    error_message = "soft_delete_days must be 0, or 7 to 90."
  }
}

variable "force_destroy" {
  description = "Let terraform destroy delete a bucket that is not empty."
  type        = bool
  default     = false
}

variable "writers" {
  description = "Members that create, read and delete objects, by a name of their own."
  type        = map(string)
  default     = {}
}

variable "readers" {
  description = "Members that read objects, by a name of their own. The lake holds identities in bronze."
  type        = map(string)
  default     = {}
}

variable "labels" {
  description = "Labels of everything that can carry some."
  type        = map(string)
  default     = {}
}
