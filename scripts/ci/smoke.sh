#!/usr/bin/env bash
# After a deploy: the lake opens and is sound to look at, and with ENGINE=dataflow a job of the name runs. install.sh comes first.
source "$(dirname "$0")/common.sh"

need_env ENGINE "direct or dataflow: what runs the graph in this environment"
need_env LAKE "the lake, gs://BUCKET/PREFIX"
run vitals doctor --lake "$LAKE"
if [ "$ENGINE" = dataflow ] && [ -z "${DRY_RUN:-}" ]; then
  need_place
  job=$(node scripts/ci/dataflow-job.mjs --project "$PROJECT" --region "$REGION" find "${JOB_NAME:-vitals}")
  [ -n "$job" ] || fail "no job ${JOB_NAME:-vitals} runs in $REGION"
  node scripts/ci/dataflow-job.mjs --project "$PROJECT" --region "$REGION" wait "$job"
fi
