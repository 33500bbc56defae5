variable "project" {
  description = "Id of the project."
  type        = string
}

variable "region" {
  description = "The one region in which messages may be stored and handled."
  type        = string
}

variable "topic" {
  description = "Name of the topic of readings; that of dead letters adds -dead-letter."
  type        = string
  default     = "vitals"

  validation {
    condition     = can(regex("^[A-Za-z][\\w.~+%-]{2,242}$", var.topic)) && !startswith(var.topic, "goog")
    error_message = "topic must begin with a letter, have 3 to 243 letters, digits or -_.~+%, and not begin with goog."
  }
}

variable "subscription" {
  description = "Name of the pipeline's subscription."
  type        = string
  default     = "vitals-pipeline"
}

variable "kms_key" {
  description = "Id of the key that messages are encrypted with."
  type        = string
}

variable "retention_days" {
  description = "Days that the topic keeps messages, for replay. A subscription keeps them for 7 at most."
  type        = number
  default     = 7

  validation {
    condition     = var.retention_days >= 1 && var.retention_days <= 31 && floor(var.retention_days) == var.retention_days
    error_message = "retention_days must be a whole number from 1 to 31: Pub/Sub keeps no message longer."
  }
}

variable "exactly_once" {
  description = "Deliver nothing again that is acknowledged. For the direct engine; Dataflow has its own way and is slowed by it."
  type        = bool
  default     = true
}

variable "attach_schema" {
  description = "Let the topic refuse what does not fit the schema. A refused message fails its whole request and never becomes a dead letter."
  type        = bool
  default     = false
}

variable "publishers" {
  description = "Members that may publish readings, by a name of their own."
  type        = map(string)
  default     = {}
}

variable "pipeline" {
  description = "Member that reads the subscription and publishes dead letters."
  type        = string
}

variable "labels" {
  description = "Labels of everything that can carry some."
  type        = map(string)
  default     = {}
}
