#!/usr/bin/env bash
# Drains the running job and starts a new one, when deploy-dataflow.sh has found that an update does not fit it. Nothing that the
# job has read is lost; what is published meanwhile waits in the subscription. Does nothing after any other outcome.
source "$(dirname "$0")/common.sh"

outcome=$(cat "$BUILD_FOLDER/dataflow.outcome" 2>/dev/null || echo none)
[ "$outcome" = incompatible ] || { echo "dataflow: $outcome; nothing to replace"; exit 0; }
# shellcheck source=dataflow-flags.sh
source scripts/ci/dataflow-flags.sh

running=$(job_tool find "$JOB_NAME")
# None, when this script was ended after the drain and is run again.
[ -z "$running" ] || run vitals drain "$running" --project "$PROJECT" --region "$REGION" "${ENDPOINT[@]}"
[ -z "${DRY_RUN:-}" ] || exit 0
id=$(submit) || fail "the new job did not come to run; the old one is drained. Run this step again, or deploy the commit before."
echo new >"$OUTCOME"
echo "$id runs; ${running:-the job before it} is drained"
