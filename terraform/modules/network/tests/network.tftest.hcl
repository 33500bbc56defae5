mock_provider "google" {}

variables {
  project = "hospital-vitals-dev"
  region  = "europe-west4"
}

run "workers_reach_google_and_nothing_else" {
  command = plan

  assert {
    condition     = google_compute_subnetwork.workers.private_ip_google_access
    error_message = "workers without public addresses need Private Google Access"
  }
  assert {
    condition     = !google_compute_network.vitals.auto_create_subnetworks
    error_message = "no subnetworks but ours"
  }
  assert {
    condition     = google_compute_firewall.out_nowhere_else.direction == "EGRESS" && contains(google_compute_firewall.out_nowhere_else.destination_ranges, "0.0.0.0/0") && length(google_compute_firewall.out_nowhere_else.deny) == 1
    error_message = "everything out must be refused"
  }
  assert {
    condition = alltrue([
      for rule in [google_compute_firewall.out_to_google, google_compute_firewall.out_to_workers] :
      rule.priority < google_compute_firewall.out_nowhere_else.priority && !contains(rule.destination_ranges, "0.0.0.0/0")
    ])
    error_message = "what is allowed must come first, and must not be everything"
  }
  assert {
    condition     = google_compute_subnetwork.workers.log_config[0].flow_sampling > 0
    error_message = "flows must be logged"
  }
  assert {
    condition     = output.subnetwork_flag == "regions/europe-west4/subnetworks/vitals-workers"
    error_message = "the subnetwork must have the form that vitals run --subnetwork takes"
  }
}

run "every_name_of_google_leads_to_private_addresses" {
  command = plan

  assert {
    condition     = alltrue([for record in google_dns_record_set.address : alltrue([for address in record.rrdatas : startswith(address, "199.36.153.")])])
    error_message = "names must lead to private.googleapis.com"
  }
  assert {
    condition     = alltrue([for zone in google_dns_managed_zone.google : zone.visibility == "private"])
    error_message = "zones must be private"
  }
}

run "public_addresses_are_refused" {
  command = plan
  variables {
    ip_range = "8.8.8.0/24"
  }
  expect_failures = [var.ip_range]
}

run "an_address_without_a_range_is_refused" {
  command = plan
  variables {
    ip_range = "10.0.0.1"
  }
  expect_failures = [var.ip_range]
}
