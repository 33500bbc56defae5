#!/usr/bin/env bash
# Executes both notebooks and holds what they print against what is committed; with --update it writes the outputs into them.
# Needs python3; installs what it needs into node_modules/.cache.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v python3 >/dev/null || { echo "test:notebooks: python3 is not installed; skipped"; exit 0; }
npm run --silent build
venv=node_modules/.cache/notebooks
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --requirement notebooks/requirements.txt
# The kernel is found in the environment itself, not in the user's home.
JUPYTER_PATH="$PWD/$venv/share/jupyter" "$venv/bin/python" scripts/notebooks/execute.py "$@" notebooks/*.ipynb
