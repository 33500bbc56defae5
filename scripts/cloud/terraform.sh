#!/usr/bin/env bash
# Finds Terraform, which no registry that this project installs from carries in a form that builds; prints the path of the program.
set -euo pipefail
source "$(dirname "$0")/../engines/cache.sh"

# Validation that looks at another variable came with 1.9, and terraform/ uses it.
LEAST=1.9
need terraform "Install Terraform $LEAST or newer (https://developer.hashicorp.com/terraform/install)."

version=$(terraform version -json 2>/dev/null | sed -n 's/.*"terraform_version": *"\([0-9.]*\).*/\1/p')
if [ "$(printf '%s\n' "$LEAST" "$version" | sort -V | head -n 1)" != "$LEAST" ]; then
  echo "engines: Terraform $version is too old: install $LEAST or newer." >&2
  exit 3
fi
command -v terraform
