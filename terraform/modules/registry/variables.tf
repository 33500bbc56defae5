variable "project" {
  description = "Id of the project."
  type        = string
}

variable "region" {
  description = "Region of the repository."
  type        = string
}

variable "repository" {
  description = "Name of the repository."
  type        = string
  default     = "vitals"
}

variable "kms_key" {
  description = "Id of the key that images are encrypted with."
  type        = string
}

variable "keep_days" {
  description = "Days after which an image is deleted, unless it is one of the most recent."
  type        = number
  default     = 90
}

variable "keep_versions" {
  description = "Most recent versions of each image that are kept however old. A running job needs its image whenever it adds a worker."
  type        = number
  default     = 20

  validation {
    condition     = var.keep_versions >= 5
    error_message = "keep_versions must be at least 5: fewer leave nothing to roll back to."
  }
}

variable "readers" {
  description = "Members that pull images, by a name of their own."
  type        = map(string)
  default     = {}
}

variable "writers" {
  description = "Members that push images, by a name of their own."
  type        = map(string)
  default     = {}
}

variable "labels" {
  description = "Labels of everything that can carry some."
  type        = map(string)
  default     = {}
}
