# The command line: `vitals run` with what docs/pubsub.md, docs/dataflow.md and docs/storage.md ask for.

locals {
  cache_folder  = "/cache"
  key_folder    = "/secrets/pseudonym"
  inputs_folder = "/inputs"
  inputs        = var.patients_file == null && var.model_folder == null ? [] : ["inputs"]

  resource_args = concat(
    ["--pseudonym-key-file", "${local.key_folder}/key"],
    var.patients_file == null ? [] : ["--patients", "${local.inputs_folder}/${var.patients_file}"],
    var.model_folder == null ? [] : ["--model", "${local.inputs_folder}/${var.model_folder}"],
    var.timezone == null ? [] : ["--timezone", var.timezone],
  )

  direct_args = concat(
    ["--workers", tostring(var.cpus), "--dead-letter-topic", var.dead_letter_topic],
    var.warehouse == null ? [] : ["--warehouse", var.warehouse],
  )

  # The same as scripts/ci/dataflow-flags.sh submits, which leaves --follow out: the committer submits nothing and drains nothing.
  dataflow_args = var.dataflow == null ? [] : concat([
    "--engine", "dataflow",
    "--follow",
    "--job-name", var.dataflow.job_name,
    "--project", var.project,
    "--region", var.region,
    "--temp-location", var.dataflow.temp_location,
    "--max-workers", tostring(var.dataflow.max_workers),
    "--service-account", var.service_account,
    "--worker-image", var.dataflow.worker_image,
    "--subnetwork", var.dataflow.subnetwork_flag,
    "--pseudonym-key-secret", "${var.dataflow.pseudonym_key_secret}/versions/${var.pseudonym_key_version}",
  ], var.dataflow.machine_type == null ? [] : ["--machine-type", var.dataflow.machine_type])

  args = concat(
    ["run", "--source", var.source_url, "--lake", var.lake],
    var.dataflow == null ? local.direct_args : local.dataflow_args,
    local.resource_args,
    var.more_args,
  )
}
