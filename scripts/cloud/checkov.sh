#!/usr/bin/env bash
# Checkov, which holds Terraform code against published policies, in a Python environment of its own; prints the path of the program.
# Installing takes two minutes and 600 MB; a run is offline (--skip-download).
set -euo pipefail
source "$(dirname "$0")/../engines/cache.sh"
VERSION=3.3.30

need python3 "Install Python 3.9 or newer with venv, or run the suites without it: they are skipped by name."

install_checkov() {
  # Scripts of an environment name their interpreter by its final path, so it is made movable: only `python -m` is used.
  python3 -m venv "$1" && nice -n 10 "$1/bin/python" -m pip install --quiet --disable-pip-version-check "checkov==$VERSION"
}

folder=$(install_once "checkov-$VERSION" install_checkov)
echo "$folder/bin/python"
