# Sourced by deploy-dataflow.sh and replace-dataflow.sh: the one command line with which both submit the job.

need_place
JOB_NAME="${JOB_NAME:-vitals}"
OUTCOME="$BUILD_FOLDER/dataflow.outcome"

image=$(image_of vitals-worker)
text=$(node scripts/ci/stream-args.mjs "$BUILD_FOLDER/vitals.outputs.json" "$image" "$BUILD_FOLDER")
mapfile -t SUBMIT <<<"$text"
# A stand-in for the service, in tests.
ENDPOINT=()
[ -z "${DATAFLOW_ENDPOINT:-}" ] || ENDPOINT=(--dataflow-endpoint "$DATAFLOW_ENDPOINT")
SUBMIT+=("${ENDPOINT[@]}")
UPDATE=(--update)
[ -z "${NAME_MAPPING:-}" ] || UPDATE+=(--transform-name-mapping "$NAME_MAPPING")

job_tool() {
  node scripts/ci/dataflow-job.mjs --project "$PROJECT" --region "$REGION" "$@"
}

# submit FLAG...: submits and waits until the job runs; prints its id. Status 4 when the service has ended it instead.
submit() {
  local id
  id=$(vitals "${SUBMIT[@]}" --detach "$@") || return 1
  job_tool wait "$id" >&2 || return $?
  echo "$id"
}
