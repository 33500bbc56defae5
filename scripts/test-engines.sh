#!/usr/bin/env bash
# The suites that need more than Node: brokers, emulators and engines, each installed once into a cache by scripts/engines/.
# With names it runs only those: npm run test:engines -- kafka prism. A suite whose program is absent is skipped by name.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -n "${VITALS_SKIP_BUILD:-}" ] || npm run --silent build
node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js \
  --config jest.engines.config.js --runInBand "${@/#/test/engines/}"
