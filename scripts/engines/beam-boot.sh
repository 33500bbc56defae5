#!/usr/bin/env bash
# Beam's own entry point of the TypeScript worker container (sdks/typescript/container in Beam's sources): the program that
# Dataflow starts in the worker image. Built from the Go module of the release that the SDK has; 12 MB, about a minute cold.
set -euo pipefail
source "$(dirname "$0")/cache.sh"
need go "Install Go 1.20 or newer, or skip this suite."

BEAM=v2.49.0

build() {
  # Static, because the worker image need not have the C library of the machine that built this.
  GOBIN=$1 CGO_ENABLED=0 GOFLAGS=-trimpath nice -n 10 go install "github.com/apache/beam/sdks/v2/typescript/container@$BEAM"
  mv "$1/container" "$1/boot"
}

folder=$(install_once "beam-boot-$BEAM" build)
echo "$folder/boot"
