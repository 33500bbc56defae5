#!/usr/bin/env bash
# Opens the Delta tables of a lake with an outside reader (deltalake from PyPI) and compares row counts with our own.
# Needs python3; installs what it needs into node_modules/.cache.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v python3 >/dev/null || { echo "test:delta: python3 is not installed; skipped"; exit 0; }
[ -f dist/cli/index.js ] || npm run --silent build
venv=node_modules/.cache/outside-reader
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --requirement scripts/outside-reader/requirements.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
vitals() { node dist/cli/index.js "$@"; }
mkdir "$work/landing"
vitals simulate --patients 50 --interval 60 --seed delta --from 2026-11-20T22:00:00Z --to 2026-11-21T02:00:00Z \
  --sink "file:$work/landing" --patients-out "$work/patients.ndjson" 2>/dev/null
vitals run --once --source "file:$work/landing" --lake "$work/lake" --patients "$work/patients.ndjson" --batch-messages 100 2>/dev/null
OUTSIDE_PYTHON="$venv/bin/python" LAKE="$work/lake" node scripts/outside-reader/compare.mjs
