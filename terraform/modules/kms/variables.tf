variable "project" {
  description = "Id of the project."
  type        = string
}

variable "region" {
  description = "Region of the keys: that of what they encrypt."
  type        = string
}

variable "key_ring" {
  description = "Name of the key ring. A key ring can never be deleted: an environment that is made anew needs another name."
  type        = string
  default     = "vitals"
}

variable "rotation_seconds" {
  description = "Seconds after which a key gets a new version: 90 days."
  type        = number
  default     = 7776000

  validation {
    condition     = var.rotation_seconds >= 86400 && var.rotation_seconds <= 7776000
    error_message = "rotation_seconds must be 86400 to 7776000: a day to 90 days."
  }
}

variable "protection_level" {
  description = "SOFTWARE, or HSM for keys in hardware."
  type        = string
  default     = "SOFTWARE"

  validation {
    condition     = contains(["SOFTWARE", "HSM"], var.protection_level)
    error_message = "protection_level must be SOFTWARE or HSM."
  }
}

variable "pseudonym_key_readers" {
  description = "Members that may read the pseudonym key, by a name of their own."
  type        = map(string)
  default     = {}
}

variable "deletion_protection" {
  description = "Refuse to delete the secret."
  type        = bool
  default     = true
}

variable "labels" {
  description = "Labels of everything that can carry some."
  type        = map(string)
  default     = {}
}
