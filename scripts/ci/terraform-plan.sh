#!/usr/bin/env bash
# Plans an environment against its remote state. With SAVE_PLAN=1 the plan is kept for an approved deploy, else it is only shown, and
# the state is not locked. A plan holds values of the state: keep it as private as that.
source "$(dirname "$0")/common.sh"

need_env ENVIRONMENT "the folder below terraform/envs, such as dev"
need_env STATE_BUCKET "the bucket with Terraform's state"
need_place
folder=terraform/envs/$ENVIRONMENT
[ -d "$folder" ] || fail "there is no environment $ENVIRONMENT: $folder is not a folder"
use_terraform
init_environment "$folder"
export TF_VAR_project="$PROJECT" TF_VAR_region="$REGION" TF_VAR_state_bucket="$STATE_BUCKET"
# What runs already keeps its image whatever is planned: deploy-cloud-run.sh puts it in. So without a release any digest will do.
any=$REGION-docker.pkg.dev/$PROJECT/vitals/any@sha256:$(printf '0%.0s' {1..64})
export TF_VAR_image="$any" TF_VAR_worker_image="$any"
if [ -n "${SAVE_PLAN:-}" ]; then
  TF_VAR_image=$(image_of vitals)
  TF_VAR_worker_image=$(image_of vitals-worker)
fi
if [ -n "${SAVE_PLAN:-}" ]; then
  run terraform -chdir="$folder" plan -input=false -no-color -out="$BUILD_FOLDER/$ENVIRONMENT.tfplan"
else
  run terraform -chdir="$folder" plan -input=false -no-color -lock=false
fi
