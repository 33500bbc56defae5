variable "project" {
  description = "Id of the project."
  type        = string
}

variable "region" {
  description = "Region of the subnetwork."
  type        = string
}

variable "name" {
  description = "Name of the network, and beginning of all other names."
  type        = string
  default     = "vitals"
}

variable "ip_range" {
  description = "Addresses of workers. Dataflow takes one a worker, and twice as many during an update."
  type        = string
  default     = "10.20.0.0/24"

  validation {
    condition     = can(cidrnetmask(var.ip_range)) && can(regex("^(10\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|192\\.168\\.)", var.ip_range))
    error_message = "ip_range must be a private range of addresses in CIDR form, such as 10.20.0.0/24."
  }
}

variable "labels" {
  description = "Labels of everything that can carry some."
  type        = map(string)
  default     = {}
}
