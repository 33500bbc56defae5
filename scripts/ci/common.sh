# Sourced by the scripts beside it, which are the steps of the three builds (docs/cloud-build.md) and run anywhere from the root of
# the project. What a step needs comes in environment variables that `need_env` names; DRY_RUN=1 prints commands instead of running them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# Between steps, and between builds: what one has made for the next.
BUILD_FOLDER="${BUILD_FOLDER:-.build}"
mkdir -p "$BUILD_FOLDER"
BUILD_FOLDER=$(cd "$BUILD_FOLDER" && pwd)

fail() {
  echo "${0##*/}: $*" >&2
  exit 1
}

# need_env NAME MEANING: ends with status 2 when the variable is missing or empty.
need_env() {
  [ -n "${!1:-}" ] && return 0
  echo "${0##*/}: $1 is not set. It is $2." >&2
  exit 2
}

# need_program NAME: ends with status 3 when the program is not installed. A dry run needs none.
need_program() {
  [ -n "${DRY_RUN:-}" ] && return 0
  command -v "$1" >/dev/null && return 0
  echo "${0##*/}: $1 is not installed, or not in the PATH." >&2
  exit 3
}

# need_commit and need_place: the variables that most steps share.
need_commit() {
  need_env COMMIT "the full hash of the commit that is built"
  [[ $COMMIT =~ ^[0-9a-f]{40}$ ]] || fail "COMMIT is $COMMIT, which is no full hash of a commit"
}

need_place() {
  need_env PROJECT "the id of the Google Cloud project"
  need_env REGION "the region of what is deployed, such as europe-west4"
}

# run COMMAND...: runs it, or prints it when DRY_RUN is set.
run() {
  if [ -n "${DRY_RUN:-}" ]; then
    printf '+'
    printf ' %q' "$@"
    printf '\n'
  else
    "$@"
  fi
}

# use_terraform: the program that share-terraform.sh has left for us, or the one that is installed.
use_terraform() {
  PATH="$BUILD_FOLDER/bin:$PATH"
  need_program terraform
}

# init_environment FOLDER: terraform init against the environment's remote state.
init_environment() {
  run terraform -chdir="$1" init -input=false -no-color -backend-config="bucket=$STATE_BUCKET"
}

# vitals ARGUMENT...: the command line tool of this checkout.
vitals() {
  node dist/cli/index.js "$@"
}

# image_of NAME: the image by its digest, as record-digests.sh has recorded it.
image_of() {
  local file="$BUILD_FOLDER/image-digests.json" image
  [ -f "$file" ] || fail "$file is not there. fetch-release.sh fetches it."
  image=$(sed -n "s/^ *\"$1\": \"\([^\"]*@sha256:[0-9a-f]\{64\}\)\",\{0,1\}$/\1/p" "$file")
  [ -n "$image" ] || fail "$file names no image $1 by its digest"
  echo "$image"
}
