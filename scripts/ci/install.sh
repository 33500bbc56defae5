#!/usr/bin/env bash
# Installs the packages of the lock file and builds dist/.
source "$(dirname "$0")/common.sh"

need_program npm
run npm ci --no-audit --no-fund
run npm run --silent build
