#!/usr/bin/env bash
# Beam Python 2.49.0 with its Dataflow job service, and Google's own Dataflow messages: the oracle that our request is held
# against. Some 600 MB and several minutes from PyPI, once. Prints the path of its Python.
set -euo pipefail
source "$(dirname "$0")/../../../../scripts/engines/cache.sh"
need python3 "Install Python 3.8 to 3.11, or skip this suite."

install() {
  python3 -m venv "$1"
  # Setuptools 81 took away pkg_resources, which the release of 2023 still imports.
  nice -n 10 "$1/bin/python" -m pip install --quiet --disable-pip-version-check 'setuptools<81' wheel
  nice -n 10 "$1/bin/python" -m pip install --quiet --disable-pip-version-check \
    'apache-beam[gcp]==2.49.0' 'google-cloud-dataflow-client>=0.8,<1' 'setuptools<81'
}

folder=$(install_once beam-python-2.49.0 install)
echo "$folder/bin/python"
