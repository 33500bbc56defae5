#!/usr/bin/env bash
# Puts the image of this commit, by its digest, into the worker pool that runs or commits the stream, with its command line, and into the
# maintenance job. gcloud waits for the new revision and fails when it does not start.
source "$(dirname "$0")/common.sh"

need_place
need_env ENGINE "direct or dataflow: what runs the graph in this environment"
need_program gcloud
image=$(image_of vitals)
place=(--project "$PROJECT" --region "$REGION" --quiet)

file=$BUILD_FOLDER/stream.args
[ -f "$file" ] || fail "$file is not there. stream-args.sh leaves it."
# As gcloud takes a list, with a delimiter that is in no argument.
args=$(paste -s -d $'\x01' "$file" | sed 's/\x01/;;/g')
run gcloud run worker-pools update "${STREAM:-vitals-stream}" "${place[@]}" --image "$image" --instances 1 --args "^;;^$args"
run gcloud run jobs update "${JOB:-vitals-maintenance}" "${place[@]}" --image "$image"
