#!/usr/bin/env bash
# Installs Debian's Chromium, and the font of the screenshots, for npm run test:browser. Needs root; does nothing where it is there.
set -euo pipefail
command -v chromium >/dev/null && exit 0
command -v apt-get >/dev/null || { echo "install-chromium: no apt-get here; name a Chromium in CHROMIUM instead" >&2; exit 3; }
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-inter >/dev/null
