#!/usr/bin/env bash
# Installs fake-gcs-server, a stand-in for Google Cloud Storage, from the Go module proxy; prints the path of the program.
set -euo pipefail
. "$(dirname "$0")/cache.sh"
VERSION=v1.56.1

# A cold build takes about 40 s on two cores.
build() { GOBIN="$1" GOFLAGS=-mod=readonly nice -n 10 go install "github.com/fsouza/fake-gcs-server@$VERSION"; }

if [ ! -d "$ENGINES/fake-gcs-server-$VERSION" ]; then
  need go "Install Go 1.24 or newer (https://go.dev/dl), or run the suites without it: they are skipped by name."
fi
echo "$(install_once "fake-gcs-server-$VERSION" build)/fake-gcs-server"
