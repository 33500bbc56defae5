#!/usr/bin/env bash
# Builds the stand-in for the Terraform providers google and google-beta (test/cloud/terraform/provider), and the schema beside
# it, from the packages that are generated from the real ones: provider 6.50. Prints the folder of the two programs.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source "$here/../engines/cache.sh"
VERSION=16.12.1
GOOGLE=sha512-KqNA/5RiFT07r0PSZ6/07cJ2zESUgbj1JchVj21iBFBZVUbD+578xA/k8eq/r0cbyEgLmg9eYWeVslaYah4DCQ==
BETA=sha512-ip0dXu0ZrsyMgcoGNfkJCYG8PFjNtfb2wkz4Sw7IU09rQMK/A6++SwkmFHl8wJ8KlwMvd2w4tNXfErIbWWWqag==
SOURCE="$here/../../test/cloud/terraform/provider"

need go "Install Go 1.25 or newer (https://go.dev/dl), or run the suites without it: they are skipped by name."
need npm "Install Node.js with npm."

# schema PACKAGE INTEGRITY FOLDER: the schema of one provider.
schema() {
  local unpacked="$3/package-$1" archive
  mkdir "$unpacked"
  archive=$(cd "$unpacked" && npm pack --silent "@cdktf/provider-$1@$VERSION" | tail -n 1)
  if [ "sha512-$(openssl dgst -sha512 -binary "$unpacked/$archive" | base64 -w 0)" != "$2" ]; then
    echo "@cdktf/provider-$1@$VERSION is not the archive that was pinned" >&2
    return 1
  fi
  tar -xzf "$unpacked/$archive" -C "$unpacked"
  nice -n 10 node "$here/provider/extract-schema.mjs" "$unpacked/package" "$3/$1.json.gz"
  rm -rf "$unpacked"
}

schemas() {
  schema google "$GOOGLE" "$1" && schema google-beta "$BETA" "$1"
}

build() {
  local from=$1 to=$2 provider
  for provider in google google-beta; do
    # shellcheck disable=SC2086
    node "$here/provider/trim-schema.mjs" "$from/$provider.json.gz" "$to/$provider.json.gz" $types
  done
  (cd "$SOURCE" && nice -n 10 go build -mod=readonly -trimpath -o "$to/terraform-provider-google" .) &&
    cp "$to/terraform-provider-google" "$to/terraform-provider-google-beta"
}

# What terraform/ uses: "resource:google_pubsub_topic". A type that the provider does not have is one that Terraform does not find.
types=$(grep -rhoE '^(resource|data) "google_[a-z0-9_]+"' "$here/../../terraform" --include='*.tf' | sed 's/ "/:/; s/"$//' | sort -u | tr '\n' ' ')

# The names say what is inside: other code of ours makes another folder.
of_files() { cat "$@" | sha256sum | cut -c 1-16; }
schemas=$(install_once "google-schema-$VERSION-$(of_files "$here/provider/extract-schema.mjs")" schemas)
name="google-stand-in-$({ cat "$SOURCE"/*.go "$SOURCE/go.mod" "$here"/provider/*.mjs && echo "$types"; } | sha256sum | cut -c 1-16)"
install_once "$name" build "$schemas"
