# Everything out is refused, but for Google's private addresses and the subnetwork itself. Nothing comes in by default.

resource "google_compute_firewall" "out_to_google" {
  project            = var.project
  name               = "${var.name}-out-to-google"
  network            = google_compute_network.vitals.id
  description        = "Private Google Access"
  direction          = "EGRESS"
  priority           = 1000
  destination_ranges = [local.private_range]

  allow {
    protocol = "tcp"
    ports    = ["443"]
  }
}

resource "google_compute_firewall" "out_to_workers" {
  project            = var.project
  name               = "${var.name}-out-to-workers"
  network            = google_compute_network.vitals.id
  description        = "Workers among themselves"
  direction          = "EGRESS"
  priority           = 1000
  destination_ranges = [var.ip_range]

  allow {
    protocol = "tcp"
  }
}

resource "google_compute_firewall" "out_nowhere_else" {
  project            = var.project
  name               = "${var.name}-out-nowhere-else"
  network            = google_compute_network.vitals.id
  description        = "Nothing of a patient leaves by another way"
  direction          = "EGRESS"
  priority           = 65534
  destination_ranges = ["0.0.0.0/0"]

  deny {
    protocol = "all"
  }

  log_config {
    metadata = "EXCLUDE_ALL_METADATA"
  }
}
