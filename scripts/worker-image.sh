#!/usr/bin/env bash
# Assembles the files of the worker image (worker/Containerfile) below a folder, for machines without a builder of container
# images: DIR/opt/apache/beam/boot and DIR/app. Needs Go, once. Usage: scripts/worker-image.sh DIR
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: worker-image.sh DIR" >&2; exit 2; }
mkdir -p "$1"
target=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
source scripts/engines/cache.sh

install_modules() {
  cp package.json package-lock.json "$1/"
  (cd "$1" && nice -n 10 npm ci --omit=dev --ignore-scripts --no-audit --no-fund)
}

boot=$(bash scripts/engines/beam-boot.sh)
# By their lock file, so that a second image costs a copy and no download.
lock=$(cat package.json package-lock.json | sha256sum | cut -c1-16)
modules=$(install_once "worker-modules-$lock" install_modules)
[ -n "${VITALS_SKIP_BUILD:-}" ] || npm run --silent build

rm -rf "$target/app" "$target/opt"
mkdir -p "$target/app" "$target/opt/apache/beam"
cp "$boot" "$target/opt/apache/beam/boot"
# Hard links where the file system allows: the modules are some 350 MB and are not written to.
cp -al "$modules/node_modules" "$target/app/node_modules" 2>/dev/null || cp -a "$modules/node_modules" "$target/app/"
sh worker/use-our-worker.sh "$target/app"
cp package.json "$target/app/"
cp -a dist "$target/app/dist"
chmod +x "$target/app/dist/beam/portable/worker-main.js"
echo "$target"
