#!/usr/bin/env bash
# Format, validity and tests of everything below terraform/, without a remote state or credentials.
source "$(dirname "$0")/common.sh"

use_terraform
run terraform fmt -check -recursive -diff terraform
for folder in terraform/modules/*/ terraform/envs/*/; do
  folder=${folder%/}
  compgen -G "$folder/*.tf" >/dev/null || continue
  echo "== $folder"
  run terraform -chdir="$folder" init -backend=false -input=false -no-color
  run terraform -chdir="$folder" validate -no-color
  if compgen -G "$folder/tests/*.tftest.hcl" >/dev/null; then run terraform -chdir="$folder" test -no-color; fi
done
