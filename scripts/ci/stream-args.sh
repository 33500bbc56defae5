#!/usr/bin/env bash
# Leaves the command line of the stream in stream.args, one argument a line, for deploy-cloud-run.sh, in whose image there is no Node.
source "$(dirname "$0")/common.sh"

need_program node
image=$(image_of vitals-worker)
text=$(node scripts/ci/stream-args.mjs "$BUILD_FOLDER/vitals.outputs.json" "$image")
tee "$BUILD_FOLDER/stream.args" <<<"$text"
