#!/usr/bin/env bash
# Pushes a model to a real MLflow server on this machine and scores with it in Python, there and, exported, with ONNX Runtime. Both are
# installed once into the cache by scripts/mlflow/mlflow.sh; where Python is absent the suites are skipped by name.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -n "${SKIP_BUILD:-}" ] || npm run --silent build
node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js \
  --config jest.cloud.config.js --runInBand test/cloud/mlflow/ "$@"
