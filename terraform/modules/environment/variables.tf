variable "project" {
  description = "Id of the project."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "project must be the id of a project (not its name or number): 6 to 30 lower-case letters, digits and dashes, such as hospital-vitals-dev. gcloud projects list shows it."
  }
  validation {
    condition     = length(var.project) <= 47
    error_message = "project is too long for the names of its buckets."
  }
}

variable "region" {
  description = "Region of everything. Data stays in it."
  type        = string

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]{1,2}$", var.region))
    error_message = "region must be one region, such as europe-west4: a multi-region such as EU would let readings leave the country."
  }
}

variable "environment" {
  description = "Name of the environment."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,15}$", var.environment))
    error_message = "environment must have 2 to 16 lower-case letters, digits and dashes, such as dev or prod."
  }
}

variable "protected" {
  description = "Refuse to delete what holds data or writes it."
  type        = bool
}

variable "engine" {
  description = "What runs the graph: direct (one process on Cloud Run) or dataflow (a job, and one process that commits what it lands)."
  type        = string
  default     = "direct"

  validation {
    condition     = contains(["direct", "dataflow"], var.engine)
    error_message = "engine must be direct or dataflow."
  }
}

variable "size" {
  description = "small (up to 500 beds at a reading a second) or large (2,800 patients at one a second)."
  type        = string
  default     = "small"

  validation {
    condition     = contains(["small", "large"], var.size)
    error_message = "size must be small or large."
  }
}

variable "image" {
  description = "Image `vitals` by its digest; null before the first is pushed: then nothing runs yet."
  type        = string
  default     = null

  validation {
    condition     = var.image == null ? true : can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "image must name an image by its digest, REGION-docker.pkg.dev/PROJECT/vitals/vitals@sha256:..."
  }
}

variable "worker_image" {
  description = "Image `vitals-worker` by its digest, with engine dataflow."
  type        = string
  default     = null

  validation {
    condition     = var.engine != "dataflow" || var.image == null || can(regex("@sha256:[0-9a-f]{64}$", var.worker_image))
    error_message = "worker_image must name the image of Dataflow's workers by its digest when engine is dataflow and image is given."
  }
}

variable "ip_range" {
  description = "Private addresses of workers."
  type        = string
  default     = "10.20.0.0/24"
}

variable "key_ring" {
  description = "Name of the key ring; another one when an environment is made anew, for a key ring cannot be deleted."
  type        = string
  default     = "vitals"
}

variable "key_protection" {
  description = "SOFTWARE, or HSM for keys in hardware."
  type        = string
  default     = "SOFTWARE"
}

variable "pseudonym_key_version" {
  description = "Version of the secret vitals-pseudonym-key, a number."
  type        = string
  default     = "1"
}

variable "retention_days" {
  description = "Days that Pub/Sub keeps messages for replay, 1 to 31."
  type        = number
  default     = 7

  validation {
    condition     = var.retention_days >= 1 && var.retention_days <= 31 && floor(var.retention_days) == var.retention_days
    error_message = "retention_days must be a whole number from 1 to 31."
  }
}

variable "nearline_days" {
  description = "Age in days at which bronze becomes NEARLINE; null for never."
  type        = number
  default     = null
}

variable "coldline_days" {
  description = "Age in days at which bronze becomes COLDLINE; null for never."
  type        = number
  default     = null
}

variable "noncurrent_days" {
  description = "Days that a deleted or replaced object can be had back."
  type        = number
  default     = 14
}

variable "soft_delete_days" {
  description = "Days that even a deleted bucket's objects can be had back; 0 for none."
  type        = number
  default     = 7
}

variable "audit_retention_days" {
  description = "Days that audit logs are kept."
  type        = number
  default     = 400
}

variable "audit_locked" {
  description = "Lock that retention for good."
  type        = bool
  default     = false
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
  description = "Zone of event times that name none, and of the schedule."
  type        = string
  default     = null
}

variable "run_args" {
  description = "Further arguments of `vitals run`."
  type        = list(string)
  default     = []
}

variable "stream_to_warehouse" {
  description = "Append panes and alerts to gold seconds after their commit (direct engine). Without it gold is loaded by maintenance only."
  type        = bool
  default     = true
}

variable "maintenance_schedule" {
  description = "When maintenance runs, as five fields of cron."
  type        = string
  default     = "15 2 * * *"
}

variable "publishers" {
  description = "Members that may publish readings, by a name of their own."
  type        = map(string)
  default     = {}
}

variable "analysts" {
  description = "Members that read silver and gold without what may identify a person, by a name of their own."
  type        = map(string)
  default     = {}
}

variable "restricted_readers" {
  description = "Members that may read what may identify a person, by a name of their own."
  type        = map(string)
  default     = {}
}

variable "alert_emails" {
  description = "Addresses that alerts are sent to."
  type        = list(string)
  default     = []
}

variable "lag_seconds" {
  description = "Lag in seconds beyond which is alerted."
  type        = number
  default     = 60
}

variable "billing_account" {
  description = "Billing account for a budget; null for none."
  type        = string
  default     = null
}

variable "budget_amount" {
  description = "Budget a month, in whole units of the currency."
  type        = number
  default     = 500
}

variable "budget_currency" {
  description = "Currency of the billing account."
  type        = string
  default     = "EUR"
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

variable "deployer_applies" {
  description = "Whether Cloud Build applies Terraform, for which it needs to create accounts and policies."
  type        = bool
  default     = true
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
