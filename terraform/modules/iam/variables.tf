variable "project" {
  description = "Id of the project."
  type        = string
}

variable "region" {
  description = "Region in which audit logs are kept."
  type        = string
}

variable "dataflow" {
  description = "Whether the stream runs on Dataflow: its roles are granted only then."
  type        = bool
  default     = false
}

variable "audit_retention_days" {
  description = "Days that audit logs are kept."
  type        = number
  default     = 400

  validation {
    condition     = var.audit_retention_days >= 30 && var.audit_retention_days <= 3650
    error_message = "audit_retention_days must be 30 to 3650."
  }
}

variable "audit_locked" {
  description = "Lock the retention of audit logs. It can never be shortened again, and the bucket not deleted before it is over."
  type        = bool
  default     = false
}
