#!/usr/bin/env bash
# Before a job on Dataflow is drained and replaced: ends the process that commits what it lands, so that it does not start the old
# job again once it is drained. Does nothing after any other outcome of deploy-dataflow.sh.
source "$(dirname "$0")/common.sh"

outcome=$(cat "$BUILD_FOLDER/dataflow.outcome" 2>/dev/null || echo none)
[ "$outcome" = incompatible ] || { echo "dataflow: $outcome; the committer stays"; exit 0; }
need_place
need_program gcloud
run gcloud run worker-pools update "${STREAM:-vitals-stream}" --project "$PROJECT" --region "$REGION" --instances 0 --quiet
