#!/usr/bin/env bash
# Airflow with the operators that the DAG uses, in a Python environment of its own; prints the path of its interpreter. Installing takes
# two minutes and 350 MB. The versions of all packages are pinned, because Airflow's own constraints are on no package index; each file is
# checked by pip against the digest that the index gives.
set -euo pipefail
source "$(dirname "$0")/../engines/cache.sh"
VERSION=3.1.8
REQUIREMENTS=$(cd "$(dirname "$0")" && pwd)/airflow/requirements.txt

need python3 "Install Python 3.11 to 3.13 with venv, or run the suites without it: they are skipped by name."
if ! python3 -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'; then
  echo "engines: Airflow $VERSION needs Python 3.11 to 3.13 with venv; $(python3 --version) is installed." >&2
  exit 3
fi

install_airflow() {
  # Scripts of an environment name their interpreter by its final path, so it is made movable: only `python -m` is used.
  python3 -m venv "$1" &&
    nice -n 15 "$1/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --requirement "$REQUIREMENTS" &&
    # What is missing shows here and not in a test.
    "$1/bin/python" -c 'import airflow.providers.google.cloud.operators.cloud_run' >/dev/null
}

# The name says what is inside: another list makes another folder.
pins=$(sha256sum "$REQUIREMENTS" | cut -c1-12)
folder=$(install_once "airflow-$VERSION-$pins" install_airflow)
echo "$folder/bin/python"
