# What differs between those who apply this; what differs between environments stands in main.tf. Values are checked by
# modules/environment. The same file in every environment.

variable "project" {
  description = "Id of the project, such as hospital-vitals-dev."
  type        = string
}

variable "region" {
  description = "Region of everything, such as europe-west4."
  type        = string
  default     = "europe-west4"
}

variable "engine" {
  description = "direct or dataflow."
  type        = string
  default     = "direct"
}

variable "image" {
  description = "Image `vitals` by its digest; null before the first is pushed."
  type        = string
  default     = null
}

variable "worker_image" {
  description = "Image `vitals-worker` by its digest, with engine dataflow."
  type        = string
  default     = null
}

variable "key_ring" {
  description = "Name of the key ring."
  type        = string
  default     = "vitals"
}

variable "pseudonym_key_version" {
  description = "Version of the secret vitals-pseudonym-key, a number."
  type        = string
  default     = "1"
}

variable "patients_file" {
  description = "Path in the lake's bucket of the NDJSON file of people and stays; null for none."
  type        = string
  default     = null
}

variable "model_folder" {
  description = "Path in the lake's bucket of the model's folder; null to score without one."
  type        = string
  default     = null
}

variable "timezone" {
  description = "Zone of event times that name none, and of the schedule, such as Europe/Berlin."
  type        = string
  default     = null
}

variable "run_args" {
  description = "Further arguments of `vitals run`."
  type        = list(string)
  default     = []
}

variable "publishers" {
  description = "Members that may publish readings, by a name of their own: { gateway = \"serviceAccount:...\" }."
  type        = map(string)
  default     = {}
}

variable "analysts" {
  description = "Members that read silver and gold without what may identify a person."
  type        = map(string)
  default     = {}
}

variable "restricted_readers" {
  description = "Members that may read what may identify a person."
  type        = map(string)
  default     = {}
}

variable "alert_emails" {
  description = "Addresses that alerts are sent to."
  type        = list(string)
  default     = []
}

variable "billing_account" {
  description = "Billing account for a budget; null for none."
  type        = string
  default     = null
}

variable "repository" {
  description = "Connected repository of Cloud Build; null for no triggers."
  type        = string
  default     = null
}

variable "state_bucket" {
  description = "Bucket with Terraform's state; PROJECT-vitals-terraform without it."
  type        = string
  default     = null
}

variable "report_template" {
  description = "Id of the template report of Data Studio; null for an empty report."
  type        = string
  default     = null
}

variable "labels" {
  description = "Further labels of everything that can carry some."
  type        = map(string)
  default     = {}
}
