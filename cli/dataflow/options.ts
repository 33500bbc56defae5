import { readFileSync } from 'node:fs';
import type { WorkerSetup } from '../../beam/portable/worker-setup.js';
import type { DataflowOptions, JobPlace } from '../../pipeline/engines/dataflow/options.js';
import type { SubmissionMode } from '../../pipeline/engines/dataflow/submit.js';
import type { PubsubLeafOptions } from '../../pipeline/engines/dataflow/pubsub-leaf.js';
import { parsePubSubUrl } from '../../brokers/pubsub/resource.js';
import { ConfigurationError } from '../../schema/errors.js';
import type { DataflowFlags, JobPlaceFlags } from './flags.js';

/** @throws ConfigurationError for a flag that is missing */
export function placeOf(flags: JobPlaceFlags): JobPlace {
  return {
    project: required('--project', flags.project, 'Name the Google Cloud project that the job is in.'),
    region: required('--region', flags.region, 'Name the region of the job, such as europe-west1.'),
  };
}

/** The job's options but for the setup of its workers. @throws ConfigurationError for a flag that is missing or no value */
export function jobOptionsOf(flags: DataflowFlags): Omit<DataflowOptions, 'workerSetup'> {
  const tempLocation = required('--temp-location', flags['temp-location'], 'Name a gs:// folder for temporary files.');
  return {
    ...placeOf(flags),
    jobName: flags['job-name'],
    tempLocation,
    stagingLocation: flags['staging-location'] ?? `${tempLocation.replace(/\/$/, '')}/staging`,
    workerImage: required('--worker-image', flags['worker-image'], 'Name the image of the workers by its digest.'),
    maxWorkers: required('--max-workers', flags['max-workers'], 'Say how many workers the job may have at most.'),
    numWorkers: flags['num-workers'] ?? null,
    machineType: flags['machine-type'] ?? null,
    serviceAccount: flags['service-account'] ?? null,
    subnetwork: flags.subnetwork ?? null,
    publicIps: flags['public-ips'],
    labels: labelsOf(flags.labels ?? []),
  };
}

/** Completes the options. */
export function withSetup(options: Omit<DataflowOptions, 'workerSetup'>, workerSetup: WorkerSetup): DataflowOptions {
  return { ...options, workerSetup };
}

/** @throws ConfigurationError for a source that Dataflow cannot read */
export function pubsubSourceOf(source: string, flags: DataflowFlags): PubsubLeafOptions {
  return {
    subscription: parsePubSubUrl('--source', source, 'subscriptions').path,
    ...(flags['timestamp-attribute'] === undefined ? {} : { timestampAttribute: flags['timestamp-attribute'] }),
    ...(flags['id-attribute'] === undefined ? {} : { idAttribute: flags['id-attribute'] }),
  };
}

/** @throws ConfigurationError for a lake that workers cannot reach */
export function cloudLakeOf(lake: string): string {
  if (/^gs:\/\/[a-z0-9]/.test(lake)) return lake.replace(/\/$/, '');
  const remedy = 'Name a bucket that the workers may write to: gs://BUCKET/PREFIX.';
  throw new ConfigurationError('--lake', `${lake} is on this machine, and the workers are not`, remedy);
}

/** @throws ConfigurationError for a mapping without an update, or one that is no mapping; for flags that exclude each other */
export function submissionModeOf(flags: DataflowFlags): SubmissionMode {
  const mapping = flags['transform-name-mapping'];
  const other = (['update', 'detach', 'dry-run'] as const).find((flag) => flags.follow && flags[flag]);
  if (other !== undefined) {
    throw new ConfigurationError(
      '--follow',
      `nothing is submitted, and --${other} is about that`,
      'Leave one of them out.',
    );
  }
  if (flags.update) return { kind: 'update', transformNameMapping: mapping === undefined ? {} : readMapping(mapping) };
  if (mapping === undefined) return { kind: 'new' };
  const problem = 'a mapping of step names is for replacing a running job';
  throw new ConfigurationError('--transform-name-mapping', problem, 'Give --update as well.');
}

function readMapping(text: string): Record<string, string> {
  const flag = '--transform-name-mapping';
  const remedy = 'Give a JSON object such as {"Old/Step":"New/Step"}, or the name of a file with one.';
  try {
    const parsed = JSON.parse(text.trimStart().startsWith('{') ? text : readFileSync(text, 'utf8')) as unknown;
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      const entries = Object.entries(parsed);
      if (entries.every(([, name]) => typeof name === 'string')) return parsed as Record<string, string>;
    }
  } catch (cause) {
    throw new ConfigurationError(flag, `${text} cannot be read (${(cause as Error).message})`, remedy);
  }
  throw new ConfigurationError(flag, `${text} is no object of names`, remedy);
}

function labelsOf(texts: readonly string[]): Record<string, string> {
  const pairs = texts
    .flatMap((text) => text.split(','))
    .map((text): [string, string] => {
      const at = text.indexOf('=');
      return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
    });
  return Object.fromEntries(pairs);
}

function required<T>(flag: string, value: T | undefined, remedy: string): T {
  if (value !== undefined) return value;
  throw new ConfigurationError(flag, 'a job on Dataflow needs it', remedy);
}
