import { describeRequest } from '../../pipeline/engines/dataflow/describe-request.js';
import { openFollowedJob, openStreamingJob } from '../../pipeline/engines/dataflow/streaming-job.js';
import { dryRequest, submitJob } from '../../pipeline/engines/dataflow/submit.js';
import { stageResources } from '../../pipeline/engines/dataflow/worker-resources.js';
import { openStatusLine } from '../status-line.js';
import { openClient } from './client.js';
import { commitContinuously } from './commit-continuously.js';
import { followLog, jobLog } from './job-log.js';
import { planDataflow, type DataflowArguments, type DataflowPlan } from './plan.js';

/**
 * `vitals run --engine dataflow`: submits the continuous job, or finds it running, and commits what it lands until the
 * signal aborts; then the job is drained, and the rest committed. With `--follow` the job is somebody else's: it is not submitted, and
 * goes on when the signal has aborted; where there is none yet, it is waited for.
 *
 * @throws ConfigurationError for bad flags, GoogleApiError and DataflowJobError for what the service says
 */
export async function runDataflow(args: DataflowArguments, signal: AbortSignal): Promise<void> {
  const plan = await planDataflow(args);
  if (args['dry-run']) return printDryRun(plan);
  const client = openClient(plan.options, args['dataflow-endpoint']);
  const submit = async () => {
    await stageResources(plan.files);
    const { job, repeated } = await submitJob(plan.options, plan.pipeline, plan.mode, client);
    process.stderr.write(`${job.id}  ${repeated ? 'is this very job, submitted before' : 'was created'}\n`);
    return job;
  };
  if (args.detach) {
    const { id } = await submit();
    process.stdout.write((args.json ? JSON.stringify({ job: id }) : id) + '\n');
    return;
  }
  const line = openStatusLine(process.stderr, Date.now);
  const watching = new AbortController();
  try {
    const status = await commitContinuously(
      args,
      plan,
      signal,
      (current) => line.show(current),
      async () => {
        if (args.follow)
          return openFollowedJob(client, plan.options.jobName, followLog(plan.options.jobName, watching.signal));
        const job = await submit();
        return openStreamingJob(
          client,
          job,
          jobLog(() => job.id, watching.signal),
        );
      },
    );
    line.end();
    if (args.json) process.stdout.write(JSON.stringify(status) + '\n');
  } finally {
    watching.abort();
  }
}

function printDryRun({ options, pipeline, mode }: DataflowPlan): void {
  const request = dryRequest(options, pipeline, mode);
  process.stdout.write(JSON.stringify(request, null, 2) + '\n');
  for (const line of describeRequest(options, pipeline, request)) process.stderr.write(line + '\n');
  process.stderr.write('dry run: nothing was sent\n');
}
