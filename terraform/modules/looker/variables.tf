variable "project" {
  description = "Id of the project with the warehouse."
  type        = string
}

variable "report_template" {
  description = "Id of the template report, from its address; null for an empty report over the first data source."
  type        = string
  default     = null

  validation {
    condition     = var.report_template == null ? true : can(regex("^[A-Za-z0-9_-]{10,}$", var.report_template))
    error_message = "report_template must be the id in the report's address: datastudio.google.com/reporting/ID."
  }
}

variable "report_name" {
  description = "Name of the copy that the link makes."
  type        = string
  default     = "Vitals"
}
