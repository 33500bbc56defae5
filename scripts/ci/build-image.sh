#!/usr/bin/env bash
# Builds one image, pushes it, and records its digest for record-digests.sh. install.sh comes first.
# Usage: build-image.sh vitals|vitals-worker
source "$(dirname "$0")/common.sh"

need_env REGISTRY "the Artifact Registry repository: REGION-docker.pkg.dev/PROJECT/vitals"
need_commit
name=${1:-}
case $name in
  vitals) containerfile=containers/vitals/Containerfile ;;
  vitals-worker) containerfile=worker/Containerfile ;;
  *) fail "there is no image '$name'. Usage: build-image.sh vitals|vitals-worker" ;;
esac
[ -f dist/cli/index.js ] || fail "dist/ is not built. Run scripts/ci/install.sh."
need_program docker

image=$REGISTRY/$name:$COMMIT
# A tag stays with its image: a build of this commit that is run again must not push another one.
if [ -z "${DRY_RUN:-}" ] && docker pull --quiet "$image" >/dev/null 2>&1; then
  echo "$image was pushed before" >&2
else
  # Only what the images copy: node_modules of the checkout has what they must not have.
  context=$(mktemp -d)
  trap 'rm -rf "$context"' EXIT
  cp -a package.json package-lock.json dist worker containers "$context/"
  run docker build --file "$context/$containerfile" --tag "$image" "$context"
  run docker push "$image"
fi

[ -z "${DRY_RUN:-}" ] || exit 0
mkdir -p "$BUILD_FOLDER/digests"
docker inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$image" |
  grep -F "$REGISTRY/$name@" >"$BUILD_FOLDER/digests/$name" || fail "the push of $name left no digest"
cat "$BUILD_FOLDER/digests/$name"
