#!/usr/bin/env bash
# Fetches what a job on Dataflow is submitted with and the stream has mounted: the pseudonym key, the patients, the model. With
# ENGINE=direct there is nothing to fetch. They lie in .build/ until the build
# ends.
source "$(dirname "$0")/common.sh"

need_env ENGINE "direct or dataflow: what runs the graph in this environment"
need_env LAKE "the lake, gs://BUCKET/PREFIX"
[ "$ENGINE" = dataflow ] || { echo "engine $ENGINE: nothing to fetch"; exit 0; }
need_program gcloud
outputs="$BUILD_FOLDER/vitals.outputs.json"
[ -f "$outputs" ] || fail "$outputs is not there. terraform-apply.sh leaves it."
bucket=${LAKE#gs://}

# One line each in what Terraform writes: the version of the secret, and the paths of mounted inputs.
secret=$(sed -n 's/^ *"value": "projects\/\([^/]*\)\/secrets\/\([^/]*\)\/versions\/\([0-9]*\)"$/--project=\1 --secret=\2 \3/p' "$outputs" | head -n 1)
if [ -n "$secret" ]; then
  read -r project name version <<<"$secret"
  (umask 077 && run gcloud secrets versions access "$version" "$name" "$project" --out-file="$BUILD_FOLDER/key")
fi
mkdir -p "$BUILD_FOLDER/inputs"
sed -n 's/^ *"\/inputs\/\([^"]*\)",\{0,1\}$/\1/p' "$outputs" | while read -r path; do
  mkdir -p "$BUILD_FOLDER/inputs/$(dirname "$path")"
  run gcloud storage cp --recursive "gs://${bucket%%/*}/$path" "$BUILD_FOLDER/inputs/$(dirname "$path")/"
done
