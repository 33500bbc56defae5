import type { Argv } from 'yargs';
import {
  DEFAULT_ATTEMPTS,
  DEFAULT_DEPTH,
  type ClusterChoice,
  type FlinkOptions,
} from '../pipeline/engines/flink/options.js';
import { ConfigurationError } from '../schema/errors.js';

/** Flags of `vitals run --engine flink`. */
export interface FlinkFlags {
  readonly 'flink-job-server': string | undefined;
  readonly 'flink-cluster': string;
  readonly 'task-managers': number;
  readonly 'flink-jobs': number;
  readonly 'flink-logs': string | undefined;
  readonly mode: 'micro-batch' | 'streaming';
}

const GROUP = 'Flink:';

export function withFlinkFlags<T>(yargs: Argv<T>): Argv<T & FlinkFlags> {
  return yargs
    .option('mode', {
      choices: ['micro-batch', 'streaming'],
      default: 'micro-batch',
      group: GROUP,
      describe: 'a bounded job for each batch, or one job without end that reads pubsub: itself',
    })
    .option('flink-cluster', {
      choices: ['embedded', 'standalone'],
      default: 'embedded',
      group: GROUP,
      describe: 'what to start: one Java process, or a job manager with task managers',
    })
    .option('task-managers', { type: 'number', default: 2, group: GROUP, describe: 'of the standalone cluster' })
    .option('flink-job-server', {
      type: 'string',
      group: GROUP,
      describe: 'host:port of a Beam job server on this machine to use instead of starting a cluster',
    })
    .option('flink-jobs', {
      type: 'number',
      default: DEFAULT_DEPTH,
      group: GROUP,
      describe: 'batches whose jobs may run at the same time',
    })
    .option('flink-logs', {
      type: 'string',
      group: GROUP,
      describe: 'folder for the logs of the Java processes; without it they are kept only when a run fails',
    }) as unknown as Argv<T & FlinkFlags>;
}

/** @throws ConfigurationError for a flag that is out of range */
export function flinkOptionsOf(flags: FlinkFlags & { readonly workers: number }): FlinkOptions {
  requireWhole('--task-managers', flags['task-managers']);
  requireWhole('--flink-jobs', flags['flink-jobs']);
  return {
    cluster: clusterOf(flags),
    workers: Math.max(1, flags.workers),
    depth: flags['flink-jobs'],
    attempts: DEFAULT_ATTEMPTS,
    logFolder: flags['flink-logs'] ?? null,
    log: (event) => process.stderr.write(`vitals: flink: ${event}\n`),
  };
}

function clusterOf(flags: FlinkFlags): ClusterChoice {
  const jobServer = flags['flink-job-server'];
  if (jobServer !== undefined) return { kind: 'attach', jobServer };
  if (flags['flink-cluster'] === 'embedded') return { kind: 'embedded' };
  return { kind: 'standalone', taskManagers: flags['task-managers'] };
}

function requireWhole(flag: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new ConfigurationError(flag, `${value} is not a whole number of at least 1`, 'Give 1 or more.');
}
