# A network that reaches Google's services and nothing else: no public addresses, no way out, names of Google's services led to the
# addresses of Private Google Access.

resource "google_compute_network" "vitals" {
  project                 = var.project
  name                    = var.name
  auto_create_subnetworks = false
  routing_mode            = "REGIONAL"
}

resource "google_compute_subnetwork" "workers" {
  project                  = var.project
  name                     = "${var.name}-workers"
  region                   = var.region
  network                  = google_compute_network.vitals.id
  ip_cidr_range            = var.ip_range
  private_ip_google_access = true

  log_config {
    aggregation_interval = "INTERVAL_10_MIN"
    flow_sampling        = 0.1
    metadata             = "EXCLUDE_ALL_METADATA"
  }
}

locals {
  # private.googleapis.com: https://cloud.google.com/vpc/docs/configure-private-google-access
  private_addresses = ["199.36.153.8", "199.36.153.9", "199.36.153.10", "199.36.153.11"]
  private_range     = "199.36.153.8/30"
  # What workers call and pull images from.
  zones = {
    googleapis = "googleapis.com."
    pkg-dev    = "pkg.dev."
    gcr        = "gcr.io."
  }
}

resource "google_dns_managed_zone" "google" {
  for_each    = local.zones
  project     = var.project
  name        = "${var.name}-${each.key}"
  dns_name    = each.value
  description = "Leads ${each.value} to Private Google Access"
  visibility  = "private"
  labels      = var.labels

  private_visibility_config {
    networks {
      network_url = google_compute_network.vitals.id
    }
  }
}

resource "google_dns_record_set" "address" {
  for_each     = local.zones
  project      = var.project
  managed_zone = google_dns_managed_zone.google[each.key].name
  name         = each.key == "googleapis" ? "private.${each.value}" : each.value
  type         = "A"
  ttl          = 300
  rrdatas      = local.private_addresses
}

resource "google_dns_record_set" "any" {
  for_each     = local.zones
  project      = var.project
  managed_zone = google_dns_managed_zone.google[each.key].name
  name         = "*.${each.value}"
  type         = "CNAME"
  ttl          = 300
  rrdatas      = [google_dns_record_set.address[each.key].name]
}
