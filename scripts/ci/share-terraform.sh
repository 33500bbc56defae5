#!/bin/sh
# Copies the terraform of this image to where the later steps, in other images, find it. For sh, because Terraform's image has no bash.
set -eu
cd "$(dirname "$0")/../.."
folder="${BUILD_FOLDER:-.build}/bin"
program=$(command -v terraform) || { echo "share-terraform.sh: terraform is not installed, or not in the PATH." >&2; exit 3; }
mkdir -p "$folder"
cp "$program" "$folder/terraform"
echo "$folder/terraform"
