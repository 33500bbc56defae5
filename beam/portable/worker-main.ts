#!/usr/bin/env node
/**
 * `apache-beam-worker`: the program of a worker, by the container contract. Under Beam's own boot it is one worker, with its
 * options among the flags; as an entry point of its own it asks the provision endpoint and runs the sibling workers too,
 * one process each.
 *
 * Before the first DoFn it loads the modules that the job registered, and the setup module of the pipeline option
 * `workerSetup: { module, argument }`, or of the environment (BEAM_WORKER_SETUP, BEAM_WORKER_SETUP_ARGUMENT as JSON). It ends
 * with status 0 when its runner has ended the control stream in order, and with 1, saying why, otherwise.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { loadModules } from './load-modules.js';
import { openLogStream } from './log-stream.js';
import { provisionOf, type Provision } from './provision.js';
import { runWorker } from './run-worker.js';
import { parseWorkerFlags } from './worker-flags.js';
import { parseWorkerOptions, registeredModules, workerOption, type WorkerPipelineOptions } from './worker-options.js';
import { runSetup, type WorkerSetup } from './worker-setup.js';

async function main(): Promise<void> {
  const flags = parseWorkerFlags(process.argv.slice(2), process.env);
  const provision = await provisionOf(flags);
  const logs = openLogStream(provision.id, provision.loggingEndpoint);
  try {
    const options = parseWorkerOptions(provision.options);
    await loadModules(registeredModules(options));
    const setup = setupOf(options, process.env);
    if (setup) await runSetup(setup);
    for (const sibling of provision.siblings) startSibling(sibling, provision);
    logs.write('INFO', `worker ${provision.id} is ready`);
    await runWorker(provision.id, provision.controlEndpoint).ended;
  } catch (error) {
    logs.write('ERROR', error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    await logs.close();
  }
}

function setupOf(options: WorkerPipelineOptions, env: NodeJS.ProcessEnv): WorkerSetup | null {
  const module = env['BEAM_WORKER_SETUP'];
  if (module) return { module, argument: JSON.parse(env['BEAM_WORKER_SETUP_ARGUMENT'] || 'null') as unknown };
  return (workerOption(options, 'worker_setup') as WorkerSetup | undefined) ?? null;
}

/** A sibling gets what this worker was told; when one fails, all end, and the runner starts the container again. */
function startSibling(id: string, { controlEndpoint, loggingEndpoint, options }: Provision): void {
  const args = [
    `--id=${id}`,
    `--control_endpoint=${controlEndpoint}`,
    `--logging_endpoint=${loggingEndpoint}`,
    `--options=${options}`,
  ];
  fork(fileURLToPath(import.meta.url), args, { stdio: 'inherit' }).once('exit', (code) => {
    if (code === 0) return;
    process.stderr.write(`beam: the sibling worker ${id} ended with code ${code}\n`);
    process.exit(1);
  });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
