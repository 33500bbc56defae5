#!/bin/sh
# Puts our worker in the place of the SDK's. Beam's boot starts `npx apache-beam-worker`; the SDK's program of that name does
# not load our modules and has none of the repairs of beam/. Usage: use-our-worker.sh FOLDER-OF-THE-PACKAGE
set -eu
bin=$1/node_modules/.bin/apache-beam-worker
[ -e "$bin" ] || [ -L "$bin" ] || { echo "worker: $bin is not there: is apache-beam installed?" >&2; exit 1; }
rm "$bin"
ln -s ../../dist/beam/portable/worker-main.js "$bin"
