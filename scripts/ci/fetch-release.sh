#!/usr/bin/env bash
# Fetches what the build of this commit on main has left: the digests of its images, and the saved plan of the environment.
source "$(dirname "$0")/common.sh"

need_env STAGING_BUCKET "the bucket that the build on main writes to"
need_env ENVIRONMENT "the folder below terraform/envs, such as dev"
need_commit
need_program gcloud
from="gs://$STAGING_BUCKET/releases/$COMMIT"
for file in image-digests.json "$ENVIRONMENT.tfplan"; do
  run gcloud storage cp "$from/$file" "$BUILD_FOLDER/$file" || fail "$from/$file cannot be fetched: has main built this commit?"
done
[ -n "${DRY_RUN:-}" ] || grep -qF "\"commit\": \"$COMMIT\"" "$BUILD_FOLDER/image-digests.json" ||
  fail "$from/image-digests.json is of another commit"
