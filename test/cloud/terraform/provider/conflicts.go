package main

import (
	"encoding/json"
	"math/big"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type fields = map[string]tftypes.Value

// What a resource may have only one of.
var exclusive = map[string][][]string{
	"google_bigquery_table": {
		{"view", "materialized_view", "external_data_configuration"},
		{"time_partitioning", "range_partitioning"},
	},
	"google_cloud_scheduler_job": {{"http_target", "pubsub_target", "app_engine_http_target"}},
	"google_cloudbuild_trigger":  {{"filename", "build", "git_file_source"}},
	"google_pubsub_subscription": {{"push_config", "bigquery_config", "cloud_storage_config"}},
}

// Contradictions inside one resource, by type.
var contradictions = map[string]func(*complaints, fields){
	"google_bigquery_table":       checkTable,
	"google_monitoring_dashboard": checkDashboard,
	"google_pubsub_schema":        checkPubSubSchema,
	"google_pubsub_subscription":  checkSubscription,
	"google_storage_bucket":       checkBucket,
}

func checkConflicts(c *complaints, typeName string, f fields) {
	for _, group := range exclusive[typeName] {
		var named []string
		for _, name := range group {
			if given(f[name]) {
				named = append(named, name)
			}
		}
		if len(named) > 1 {
			c.add("%q: only one of %q may be given", typeName, named)
		}
	}
	if check := contradictions[typeName]; check != nil {
		check(c, f)
	}
}

func checkSubscription(c *complaints, f fields) {
	if given(f["push_config"]) && isTrue(f["enable_exactly_once_delivery"]) {
		c.add("enable_exactly_once_delivery needs a pull subscription, and push_config is given")
	}
	checkRange(c, f, "ack_deadline_seconds", 10, 600)
}

func checkBucket(c *complaints, f fields) {
	if given(f["retention_policy"]) && isTrue(first(f["versioning"])["enabled"]) {
		c.add("retention_policy and versioning exclude each other on a bucket")
	}
	// Zero turns soft delete off; otherwise 7 to 90 days.
	policy := first(f["soft_delete_policy"])
	if seconds, ok := numberOf(policy["retention_duration_seconds"]); ok && seconds != 0 && (seconds < 7*day || seconds > 90*day) {
		c.add("soft_delete_policy.retention_duration_seconds %.0f is neither 0 nor 7 to 90 days", seconds)
	}
}

func checkDashboard(c *complaints, f fields) {
	if text, known := textOf(f["dashboard_json"]); known && !json.Valid([]byte(text)) {
		c.add("dashboard_json is not JSON")
	}
}

func checkPubSubSchema(c *complaints, f fields) {
	kind, _ := textOf(f["type"])
	if text, known := textOf(f["definition"]); known && kind == "AVRO" && !json.Valid([]byte(text)) {
		c.add("definition is not an Avro schema: it is not JSON")
	}
}

type column struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Mode string `json:"mode"`
}

// checkTable holds partition and clustering against the columns.
func checkTable(c *complaints, f fields) {
	clustering := elementsOf(f["clustering"])
	if len(clustering) > 4 {
		c.add("clustering: %d columns, and BigQuery takes 4", len(clustering))
	}
	text, known := textOf(f["schema"])
	if !known {
		return
	}
	var columns []column
	if err := json.Unmarshal([]byte(text), &columns); err != nil {
		c.add("schema is not a JSON array of columns: %v", err)
		return
	}
	names := checkColumns(c, columns)
	for _, name := range clustering {
		if text, known := textOf(name); known && !slices.Contains(names, text) {
			c.add("clustering: %q is no column of the table", text)
		}
	}
	if text, known := textOf(first(f["time_partitioning"])["field"]); known && !slices.Contains(names, text) {
		c.add("time_partitioning: %q is no column of the table", text)
	}
}

func checkColumns(c *complaints, columns []column) []string {
	var names []string
	for _, column := range columns {
		if column.Name == "" || column.Type == "" {
			c.add("schema: a column has no name or no type: %+v", column)
		}
		if slices.Contains(names, column.Name) {
			c.add("schema: column %q is there twice", column.Name)
		}
		if !slices.Contains([]string{"", "NULLABLE", "REQUIRED", "REPEATED"}, column.Mode) {
			c.add("schema: %q is no mode of a column", column.Mode)
		}
		names = append(names, column.Name)
	}
	return names
}

func checkRange(c *complaints, f fields, name string, least, most float64) {
	if value, ok := numberOf(f[name]); ok && (value < least || value > most) {
		c.add("%s %v is out of range: %v to %v", name, value, least, most)
	}
}

func numberOf(v tftypes.Value) (float64, bool) {
	number := new(big.Float)
	if v.Type() == nil || !v.Type().Is(tftypes.Number) || v.IsNull() || !v.IsKnown() || v.As(&number) != nil {
		return 0, false
	}
	value, _ := number.Float64()
	return value, true
}
