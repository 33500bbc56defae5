#!/usr/bin/env bash
# Applies the saved plan of the environment: exactly what was shown, or nothing when the state has moved on since. Leaves the outputs in
# vitals.outputs.json.
source "$(dirname "$0")/common.sh"

need_env ENVIRONMENT "the folder below terraform/envs, such as dev"
need_env STATE_BUCKET "the bucket with Terraform's state"
folder=terraform/envs/$ENVIRONMENT
plan=$BUILD_FOLDER/$ENVIRONMENT.tfplan
[ -f "$plan" ] || fail "there is no saved plan for $ENVIRONMENT: $BUILD_FOLDER/$ENVIRONMENT.tfplan. fetch-release.sh fetches it."
use_terraform
init_environment "$folder"
run terraform -chdir="$folder" apply -input=false -no-color "$plan"
if [ -n "${DRY_RUN:-}" ]; then
  run terraform -chdir="$folder" output -json
else
  terraform -chdir="$folder" output -json >"$BUILD_FOLDER/vitals.outputs.json"
fi
