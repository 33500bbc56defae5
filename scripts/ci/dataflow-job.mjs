#!/usr/bin/env node
// Looks at jobs on Dataflow for the scripts beside it, with the client that `vitals` has. Needs dist/.
//
//   dataflow-job.mjs --project P --region R find NAME   prints the id of the active job of that name, or nothing
//   dataflow-job.mjs --project P --region R wait ID     returns when the job runs; status 4 when it has ended instead
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { openClient } from '../../dist/cli/dataflow/client.js';
import { hasEnded, stateName } from '../../dist/pipeline/engines/dataflow/job.js';
import { failureReason } from '../../dist/pipeline/engines/dataflow/watch-job.js';

const ENDED_INSTEAD = 4;
/** Between two looks: workers take minutes to start. */
const PAUSE_MILLIS = Number(process.env.POLL_SECONDS ?? 5) * 1_000;
/** A job that does not run by then never will by itself. */
const PATIENCE_MILLIS = Number(process.env.JOB_PATIENCE_SECONDS ?? 1_200) * 1_000;

const { values, positionals } = parseArgs({
  options: { project: { type: 'string' }, region: { type: 'string' } },
  allowPositionals: true,
});
const [verb, subject] = positionals;
if (!values.project || !values.region || !subject || !['find', 'wait'].includes(verb)) {
  process.stderr.write('usage: dataflow-job.mjs --project P --region R find NAME | wait ID\n');
  process.exit(2);
}
const client = openClient({ project: values.project, region: values.region }, process.env.DATAFLOW_ENDPOINT);
try {
  process.exitCode = verb === 'find' ? await find(subject) : await waitUntilRunning(subject);
} catch (error) {
  process.stderr.write(`dataflow-job.mjs: ${error.message}\n`);
  process.exitCode = 1;
}

async function find(name) {
  const active = (await client.named(name)).find((job) => !hasEnded(job));
  if (active) process.stdout.write(`${active.id}\n`);
  return 0;
}

async function waitUntilRunning(id) {
  const deadline = Date.now() + PATIENCE_MILLIS;
  for (;;) {
    const job = await client.get(id);
    if (job.currentState === 'JOB_STATE_RUNNING') return say(id, 'runs', 0);
    if (hasEnded(job)) return say(id, `is ${stateName(job)}: ${await failureReason(client, id)}`, ENDED_INSTEAD);
    if (Date.now() > deadline) return say(id, `is ${stateName(job)} and does not come to run`, 1);
    await sleep(PAUSE_MILLIS);
  }
}

function say(id, what, status) {
  process.stdout.write(`${id} ${what}\n`);
  return status;
}
