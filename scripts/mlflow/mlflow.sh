#!/usr/bin/env bash
# MLflow in a Python environment of its own; prints the path of its interpreter. The versions of all packages are pinned; each file is
# checked by pip against the digest that the index gives.
set -euo pipefail
source "$(dirname "$0")/../engines/cache.sh"
VERSION=3.17.2
REQUIREMENTS=$(cd "$(dirname "$0")" && pwd)/requirements.txt

need python3 "Install Python 3.11 to 3.13 with venv, or run the suite without it: it is skipped by name."
if ! python3 -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'; then
  echo "engines: MLflow $VERSION needs Python 3.11 to 3.13 with venv; $(python3 --version) is installed." >&2
  exit 3
fi

install_mlflow() {
  # Scripts of an environment name their interpreter by its final path, so it is made movable: only `python -m` is used.
  python3 -m venv "$1" &&
    nice -n 15 "$1/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --requirement "$REQUIREMENTS" &&
    # What is missing shows here and not in a test.
    "$1/bin/python" -c 'import mlflow.pyfunc, mlflow.server.fastapi_app' >/dev/null
}

# The name says what is inside: another list makes another folder.
pins=$(sha256sum "$REQUIREMENTS" | cut -c1-12)
folder=$(install_once "mlflow-$VERSION-$pins" install_mlflow)
echo "$folder/bin/python"
