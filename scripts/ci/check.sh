#!/usr/bin/env bash
# Types, lint, format and every test that needs Node alone; install.sh comes first. The suites of engines, which need Go and Java,
# are run by .ci/run.
source "$(dirname "$0")/common.sh"

need_program npm
run npm run --silent check
