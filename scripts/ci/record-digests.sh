#!/usr/bin/env bash
# Gathers what build-image.sh has recorded into image-digests.json: which commit, and each image by its digest.
source "$(dirname "$0")/common.sh"

need_commit
lines=()
for name in vitals vitals-worker; do
  file=$BUILD_FOLDER/digests/$name
  [ -f "$file" ] || fail "$file is not there. Run scripts/ci/build-image.sh $name."
  image=$(cat "$file")
  [[ $image =~ ^[a-z0-9./-]+/$name@sha256:[0-9a-f]{64}$ ]] || fail "$file does not name $name by one digest: $image"
  lines+=("    \"$name\": \"$image\"")
done
{
  printf '{\n  "commit": "%s",\n  "images": {\n' "$COMMIT"
  printf '%s,\n%s\n' "${lines[@]}"
  printf '  }\n}\n'
} >"$BUILD_FOLDER/image-digests.json"
cat "$BUILD_FOLDER/image-digests.json"
