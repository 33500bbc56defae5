package main

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The names that each service takes (its documentation, 2026). "{type}.{argument}", or the argument alone for every type.
var patterns = map[string]*regexp.Regexp{
	"google_artifact_registry_repository.repository_id": regexp.MustCompile(`^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`),
	"google_bigquery_dataset.dataset_id":                regexp.MustCompile(`^\w{1,1000}$`),
	"google_bigquery_table.dataset_id":                  regexp.MustCompile(`^\w{1,1000}$`),
	"google_bigquery_table.table_id":                    regexp.MustCompile(`^[\w -]{1,1000}$`),
	"google_cloud_run_v2_job.name":                      regexp.MustCompile(`^[a-z]([a-z0-9-]{0,47}[a-z0-9])?$`),
	"google_cloud_run_v2_worker_pool.name":              regexp.MustCompile(`^[a-z]([a-z0-9-]{0,47}[a-z0-9])?$`),
	"google_cloud_scheduler_job.name":                   regexp.MustCompile(`^[\w-]{1,500}$`),
	"google_cloud_scheduler_job.schedule":               regexp.MustCompile(`^\S+( \S+){4}$`),
	"google_cloudbuild_trigger.name":                    regexp.MustCompile(`^[a-zA-Z0-9]([a-zA-Z0-9-]{0,62}[a-zA-Z0-9])?$`),
	"google_compute_firewall.name":                      regexp.MustCompile(`^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$`),
	"google_compute_network.name":                       regexp.MustCompile(`^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$`),
	"google_compute_router.name":                        regexp.MustCompile(`^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$`),
	"google_compute_subnetwork.name":                    regexp.MustCompile(`^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$`),
	"google_kms_crypto_key.name":                        regexp.MustCompile(`^[\w-]{1,63}$`),
	"google_kms_key_ring.name":                          regexp.MustCompile(`^[\w-]{1,63}$`),
	"google_logging_metric.name":                        regexp.MustCompile(`^[\w./-]{1,100}$`),
	"google_project_iam_custom_role.role_id":            regexp.MustCompile(`^[\w.]{3,64}$`),
	"google_pubsub_schema.name":                         pubsubName,
	"google_pubsub_subscription.name":                   pubsubName,
	"google_pubsub_topic.name":                          pubsubName,
	"google_secret_manager_secret.secret_id":            regexp.MustCompile(`^[\w-]{1,255}$`),
	"google_service_account.account_id":                 regexp.MustCompile(`^[a-z][a-z0-9-]{4,28}[a-z0-9]$`),
	"google_storage_bucket.name":                        regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]{1,61}[a-z0-9]$`),
	"google_workflows_workflow.name":                    regexp.MustCompile(`^[a-zA-Z][\w-]{0,63}$`),
	"ip_cidr_range":                                     regexp.MustCompile(`^\d{1,3}(\.\d{1,3}){3}/\d{1,2}$`),
	"member":                                            regexp.MustCompile(`^(allUsers|allAuthenticatedUsers|(serviceAccount|user|group|domain|principal|principalSet):\S+)$`),
	"project":                                           regexp.MustCompile(`^(\d+|(projects/)?[a-z][a-z0-9-]{4,28}[a-z0-9])$`),
	"role":                                              regexp.MustCompile(`^(roles|projects/[^/]+/roles|organizations/\d+/roles)/[\w.]+$`),
}

var pubsubName = regexp.MustCompile(`^[A-Za-z][\w.~+%-]{2,254}$`)

// Names that Google keeps for itself.
var reserved = map[string]string{
	"google_pubsub_topic.name":        "goog",
	"google_pubsub_subscription.name": "goog",
	"google_pubsub_schema.name":       "goog",
	"google_storage_bucket.name":      "goog",
}

// span is a range of seconds, both ends allowed.
type span struct{ least, most float64 }

const day = 86_400

// Durations, written "600s".
var durations = map[string]span{
	"google_kms_crypto_key.destroy_scheduled_duration":      {day, 120 * day},
	"google_kms_crypto_key.rotation_period":                 {day, 1e10},
	"google_monitoring_alert_policy.duration":               {0, 25.5 * 3600},
	"google_pubsub_subscription.message_retention_duration": {600, 31 * day},
	"google_pubsub_topic.message_retention_duration":        {600, 31 * day},
}

func checkText(c *complaints, typeName, at, name, text string) {
	for _, key := range []string{typeName + "." + name, name} {
		if pattern := patterns[key]; pattern != nil && at == "" && !pattern.MatchString(text) {
			c.add("%s %q is not a name that the service takes (%s)", name, text, pattern)
		}
	}
	if prefix := reserved[typeName+"."+name]; prefix != "" && strings.HasPrefix(text, prefix) {
		c.add("%s %q begins with %q, which Google keeps for itself", name, text, prefix)
	}
	limits, limited := durations[typeName+"."+name]
	if !limited {
		return
	}
	seconds, err := strconv.ParseFloat(strings.TrimSuffix(text, "s"), 64)
	if err != nil || !strings.HasSuffix(text, "s") {
		c.add("%s%s %q is not a duration such as 600s", at, name, text)
	} else if seconds < limits.least || seconds > limits.most {
		c.add("%s%s %q is out of range: %.0fs to %.0fs", at, name, text, limits.least, limits.most)
	}
}

var (
	labelKey   = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,62}$`)
	labelValue = regexp.MustCompile(`^[a-z0-9_-]{0,63}$`)
)

func checkLabels(c *complaints, typeName string, fields map[string]tftypes.Value) {
	for _, name := range []string{"labels", "user_labels"} {
		if typeName == "google_monitoring_notification_channel" && name == "labels" {
			continue // where to send to, by another meaning of the word
		}
		var labels map[string]tftypes.Value
		v := fields[name]
		if v.Type() == nil || !v.Type().Is(tftypes.Map{ElementType: tftypes.String}) || v.IsNull() || !v.IsKnown() || v.As(&labels) != nil {
			continue
		}
		for key, value := range labels {
			text, known := textOf(value)
			if !labelKey.MatchString(key) || known && !labelValue.MatchString(text) {
				c.add("%s: %q = %q is not a label that the services take", name, key, text)
			}
		}
	}
}
