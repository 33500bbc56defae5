#!/usr/bin/env bash
# Finds the Pub/Sub emulator of the Google Cloud SDK and prints the path of its jar. It comes with no registry that this
# project installs from, so it is used where it is: a package, or `gcloud components install pubsub-emulator`.
set -euo pipefail
. "$(dirname "$0")/cache.sh"
need java "The Pub/Sub emulator needs Java 11 or later."

roots() {
  if command -v gcloud >/dev/null; then
    # <sdk>/bin/gcloud, perhaps behind a link: asking gcloud itself takes seconds.
    dirname "$(dirname "$(readlink -f "$(command -v gcloud)")")"
  fi
  if command -v dpkg >/dev/null; then
    dpkg -L google-cloud-cli-pubsub-emulator 2>/dev/null | sed -n 's|/platform/pubsub-emulator$||p'
  fi
  echo "${CLOUDSDK_ROOT_DIR:-}"
}

while read -r root; do
  [ -n "$root" ] || continue
  for jar in "$root"/platform/pubsub-emulator/lib/*pubsub-emulator*.jar; do
    [ -f "$jar" ] && { echo "$jar"; exit 0; }
  done
done < <(roots)
echo "engines: the Pub/Sub emulator is not installed. Install the package google-cloud-cli-pubsub-emulator, or gcloud components install pubsub-emulator." >&2
exit 3
