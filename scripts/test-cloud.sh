#!/usr/bin/env bash
# The suites of what is deployed to Google Cloud, offline: SQL analyzer, Terraform with a stand-in provider, policies, Airflow. Each
# program is installed once into the cache by scripts/cloud/. With names it runs only those: npm run test:cloud -- terraform.
# A suite whose program is absent is skipped by name.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -n "${SKIP_BUILD:-}" ] || npm run --silent build
node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js \
  --config jest.cloud.config.js --runInBand "${@/#/test/cloud/}"
