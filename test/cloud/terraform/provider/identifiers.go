package main

import (
	"hash/fnv"
	"math/big"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The identifiers that the services give, of the types that our modules use and whose identifier another resource or an output
// reads. Others are named by type and a hash of what they are made of.
var identifiers = map[string]string{
	"google_artifact_registry_repository": "projects/{project}/locations/{location}/repositories/{repository_id}",
	"google_bigquery_dataset":             "projects/{project}/datasets/{dataset_id}",
	"google_bigquery_table":               "projects/{project}/datasets/{dataset_id}/tables/{table_id}",
	"google_cloud_run_v2_job":             "projects/{project}/locations/{location}/jobs/{name}",
	"google_cloud_run_v2_worker_pool":     "projects/{project}/locations/{location}/workerPools/{name}",
	"google_cloud_scheduler_job":          "projects/{project}/locations/{region}/jobs/{name}",
	"google_compute_network":              "projects/{project}/global/networks/{name}",
	"google_compute_subnetwork":           "projects/{project}/regions/{region}/subnetworks/{name}",
	"google_kms_crypto_key":               "{key_ring}/cryptoKeys/{name}",
	"google_kms_key_ring":                 "projects/{project}/locations/{location}/keyRings/{name}",
	"google_pubsub_schema":                "projects/{project}/schemas/{name}",
	"google_pubsub_subscription":          "projects/{project}/subscriptions/{name}",
	"google_pubsub_topic":                 "projects/{project}/topics/{name}",
	"google_secret_manager_secret":        "projects/{project}/secrets/{secret_id}",
	"google_service_account":              "projects/{project}/serviceAccounts/{account_id}@{project}.iam.gserviceaccount.com",
	"google_storage_bucket":               "{name}",
	"google_workflows_workflow":           "projects/{project}/locations/{region}/workflows/{name}",
}

// maker makes up what a service decides: the same for the same resource, in the right form where somebody reads it.
type maker struct {
	typeName, id, name, project, region string
	planned                             fields
}

func (s *server) makerOf(typeName string, planned fields) maker {
	m := maker{typeName: typeName, project: s.project, region: s.region, planned: planned}
	if project, ok := textOf(planned["project"]); ok {
		m.project = project
	}
	for _, argument := range []string{"account_id", "repository_id", "secret_id", "table_id", "dataset_id", "name", "role_id"} {
		if text, ok := textOf(planned[argument]); ok {
			m.name = text
			break
		}
	}
	m.id = m.identifier()
	return m
}

var placeholder = regexp.MustCompile(`\{(\w+)\}`)

func (m maker) identifier() string {
	if template, known := identifiers[m.typeName]; known {
		return placeholder.ReplaceAllStringFunc(template, func(match string) string {
			text, _ := textOf(m.planned[strings.Trim(match, "{}")])
			return text
		})
	}
	hash := fnv.New64a()
	for _, name := range sortedKeys(m.planned) {
		if v := m.planned[name]; v.IsFullyKnown() && !v.IsNull() {
			hash.Write([]byte(name + "=" + v.String() + "\n"))
		}
	}
	return "projects/" + m.project + "/" + m.typeName + "/" + m.name + "-" + new(big.Int).SetUint64(hash.Sum64()).Text(36)
}

func (m maker) value(name string, kind tftypes.Type) tftypes.Value {
	switch {
	case kind.Is(tftypes.String):
		return tftypes.NewValue(kind, m.text(name))
	case kind.Is(tftypes.Number):
		return tftypes.NewValue(kind, new(big.Float).SetInt64(m.number(name)))
	case kind.Is(tftypes.Bool):
		return tftypes.NewValue(kind, false)
	}
	switch kind.(type) {
	case tftypes.List, tftypes.Set:
		return tftypes.NewValue(kind, []tftypes.Value{})
	case tftypes.Map:
		return tftypes.NewValue(kind, map[string]tftypes.Value{})
	}
	return tftypes.NewValue(kind, nil)
}

// projectNumber is the number of every project here.
const projectNumber = "123456789012"

func (m maker) text(name string) string {
	email := m.name + "@" + m.project + ".iam.gserviceaccount.com"
	if m.typeName == "google_project_service_identity" {
		service, _ := textOf(m.planned["service"])
		email = "service-" + projectNumber + "@gcp-sa-" + strings.TrimSuffix(service, ".googleapis.com") + ".iam.gserviceaccount.com"
	}
	known := map[string]string{
		"email": email, "member": "serviceAccount:" + email, "project_id": m.project, "project": m.project, "region": m.region,
		"self_link": "https://www.googleapis.com/" + m.id, "id": m.id, "number": projectNumber,
	}
	if text, ok := known[name]; ok {
		return text
	}
	if name == "name" && m.id != "" {
		return m.id
	}
	return "made-up-" + name
}

func (m maker) number(name string) int64 {
	hash := fnv.New32a()
	hash.Write([]byte(m.typeName + m.name + name))
	return int64(hash.Sum32())
}
