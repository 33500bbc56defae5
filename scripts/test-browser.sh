#!/usr/bin/env bash
# The dashboard's pages in Debian's Chromium, on a small hospital that runs. With names it runs only those suites:
# npm run test:browser -- alerts security. `screenshots` writes docs/images and runs only when it is named. Without Chromium
# (scripts/install-chromium.sh) the suites are skipped by name; CHROMIUM names another one.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -n "${SKIP_BUILD:-}" ] || npm run --silent build
for name in "$@"; do [ "$name" = screenshots ] && export SCREENSHOTS=1; done
node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js \
  --config jest.browser.config.js --runInBand "${@/#/test/browser/}"
