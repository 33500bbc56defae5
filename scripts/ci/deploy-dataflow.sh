#!/usr/bin/env bash
# Brings the job on Dataflow up to this commit, keeping its state: replaces the running job by an update, or starts one when none runs.
# Leaves in .build/dataflow.outcome what came of it: `updated`, `new`, or `incompatible`, which replace-dataflow.sh takes up. The old
# job goes on unless the outcome is `updated`. May be run again. With ENGINE=direct there is nothing to do.
source "$(dirname "$0")/common.sh"

need_env ENGINE "direct or dataflow: what runs the graph in this environment"
[ "$ENGINE" = dataflow ] || { echo "engine $ENGINE: no job on Dataflow"; exit 0; }
# shellcheck source=dataflow-flags.sh
source scripts/ci/dataflow-flags.sh

if [ -n "${DRY_RUN:-}" ]; then
  vitals "${SUBMIT[@]}" --dry-run
  exit
fi

running=$(job_tool find "$JOB_NAME")
if [ -z "$running" ]; then
  id=$(submit) || fail "the new job did not come to run"
  echo new >"$OUTCOME"
  echo "$id runs; there was no job before it"
  exit
fi
status=0
id=$(submit "${UPDATE[@]}") || status=$?
case $status in
  0)
    echo updated >"$OUTCOME"
    echo "$id runs in the place of $running, with its state"
    ;;
  4)
    echo incompatible >"$OUTCOME"
    echo "$running goes on: the update does not fit it. replace-dataflow.sh drains and replaces it."
    ;;
  *) fail "the update was not submitted; $running goes on" ;;
esac
