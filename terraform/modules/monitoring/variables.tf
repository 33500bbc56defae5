variable "project" {
  description = "Id of the project."
  type        = string
}

variable "project_number" {
  description = "Number of the project, which budgets go by; null without a budget."
  type        = string
  default     = null
}

variable "environment" {
  description = "Name of the environment, for titles."
  type        = string
}

variable "emails" {
  description = "Addresses that alerts are sent to."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for email in var.emails : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", email))])
    error_message = "emails must be addresses such as oncall@example.org."
  }
}

variable "topic" {
  description = "Short name of the topic of readings."
  type        = string
}

variable "subscription" {
  description = "Short name of the pipeline's subscription."
  type        = string
}

variable "dead_letter_subscription" {
  description = "Short name of the subscription of dead letters."
  type        = string
}

variable "stream" {
  description = "Name of the worker pool that writes the lake."
  type        = string
  default     = "vitals-stream"
}

variable "maintenance_job" {
  description = "Name of the Cloud Run job of maintenance."
  type        = string
  default     = "vitals-maintenance"
}

variable "workflow" {
  description = "Name of the workflow of maintenance."
  type        = string
  default     = "vitals-maintenance"
}

variable "dataflow_job" {
  description = "Name of the job on Dataflow; null for the direct engine."
  type        = string
  default     = null
}

variable "lake_bucket" {
  description = "Name of the bucket of the lake."
  type        = string
}

variable "oldest_unacked_seconds" {
  description = "Age in seconds of the oldest message that is not acknowledged, beyond which is alerted."
  type        = number
  default     = 300
}

variable "lag_seconds" {
  description = "Lag in seconds, at the 95th percentile, beyond which is alerted."
  type        = number
  default     = 60
}

variable "dead_letters" {
  description = "Dead letters nobody has looked at, beyond which is alerted."
  type        = number
  default     = 100
}

variable "billing_account" {
  description = "Billing account for a budget, XXXXXX-XXXXXX-XXXXXX; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.billing_account == null ? true : can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.billing_account)) && var.project_number != null
    error_message = "billing_account must be XXXXXX-XXXXXX-XXXXXX, and needs project_number."
  }
}

variable "budget_amount" {
  description = "Amount a month, in whole units of the currency."
  type        = number
  default     = 500

  validation {
    condition     = var.budget_amount >= 1 && floor(var.budget_amount) == var.budget_amount
    error_message = "budget_amount must be a whole number of at least 1."
  }
}

variable "budget_currency" {
  description = "Currency of the billing account."
  type        = string
  default     = "EUR"
}

variable "labels" {
  description = "Labels of everything that can carry some."
  type        = map(string)
  default     = {}
}
