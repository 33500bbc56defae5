variable "project" {
  description = "Id of the project."
  type        = string
}

variable "location" {
  description = "Region of the datasets: that of the lake, from which they are loaded."
  type        = string
}

variable "kms_key" {
  description = "Id of the key that tables are encrypted with."
  type        = string
}

variable "writers" {
  description = "Members that load every dataset, by a name of their own."
  type        = map(string)
  default     = {}
}

variable "gold_writers" {
  description = "Members that append to gold, by a name of their own."
  type        = map(string)
  default     = {}
}

variable "readers" {
  description = "Members that read silver and gold, but no column that may identify a person. They also need roles/bigquery.jobUser to ask."
  type        = map(string)
  default     = {}
}

variable "restricted_readers" {
  description = "Members that may read columns that may identify a person."
  type        = map(string)
  default     = {}
}

variable "deletion_protection" {
  description = "Refuse to delete a table."
  type        = bool
  default     = true
}

variable "labels" {
  description = "Labels of everything that can carry some."
  type        = map(string)
  default     = {}
}
