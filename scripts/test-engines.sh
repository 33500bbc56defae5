#!/usr/bin/env bash
# The suites that need more than Node: brokers, emulators and engines, each installed once into a cache by scripts/engines/.
# With names it runs only those: npm run test:engines -- kafka prism. A suite whose program is absent is skipped by name;
# with ENGINES_REQUIRED=1 one that cannot be installed fails instead.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -n "${SKIP_BUILD:-}" ] || npm run --silent build
node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js \
  --config jest.engines.config.js --runInBand "${@/#/test/engines/}"
