#!/usr/bin/env bash
# Beam's own portable runner for one machine, built from the Go module. Prints the path of the program.
set -euo pipefail
# shellcheck source=cache.sh
source "$(dirname "$0")/cache.sh"

# Newer than the SDK on purpose: 2.77 speaks today's Fn API, so the worker is held to what current runners ask of it.
VERSION=v2.77.0

need go 'Prism is built from source: install Go 1.26 or newer.'

build_prism() {
  GOBIN="$1" GOFLAGS=-trimpath nice -n 10 go install "github.com/apache/beam/sdks/v2/go/cmd/prism@$VERSION"
}

folder=$(install_once "prism-$VERSION" build_prism)
echo "$folder/prism"
