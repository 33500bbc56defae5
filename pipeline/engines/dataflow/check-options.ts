import { ConfigurationError } from '../../../schema/errors.js';
import { checkJobName } from '../streaming/streaming-options.js';
import type { DataflowOptions, JobPlace } from './options.js';

/** Sources: the resource naming rules of Google Cloud, and the comments of google.dataflow.v1beta3.Job. */
const PROJECT = /^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/;
const REGION = /^[a-z]+-[a-z]+[0-9]+$/;
const FOLDER = /^gs:\/\/[a-z0-9][a-z0-9._-]{1,61}[a-z0-9](?:\/[^/\s]+)*\/?$/;
const IMAGE_BY_DIGEST = /^[a-z0-9][a-z0-9._:/-]*@sha256:[0-9a-f]{64}$/;
const MACHINE_TYPE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;
const SERVICE_ACCOUNT = /^[a-z0-9][a-z0-9.-]*@[a-z0-9.-]+\.gserviceaccount\.com$/;
const SUBNETWORK =
  /^(?:https:\/\/www\.googleapis\.com\/compute\/v1\/projects\/[a-z0-9.:-]+\/)?regions\/([a-z0-9-]+)\/subnetworks\/[a-z0-9-]+$/;
const LABEL_KEY = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u;
const LABEL_VALUE = /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u;
const MOST_LABELS = 64;
/** More than any quota; the point is that a slip such as 10000 is refused before it is paid for. */
const MOST_WORKERS = 1_000;

/** @throws ConfigurationError naming the flag, its value and the remedy */
export function checkPlace({ project, region }: JobPlace): void {
  match('--project', project, PROJECT, 'the id of a project', 'Give the id, not the number or the display name.');
  match('--region', region, REGION, 'a region', 'Give one such as europe-west1; a zone is none.');
}

/** @throws ConfigurationError naming the flag, its value and the remedy */
export function checkOptions(options: DataflowOptions): void {
  checkPlace(options);
  checkJobName(options.jobName);
  const folder = 'Give one such as gs://my-bucket/vitals/temp.';
  match('--temp-location', options.tempLocation, FOLDER, 'a folder in Cloud Storage', folder);
  match('--staging-location', options.stagingLocation, FOLDER, 'a folder in Cloud Storage', folder);
  const digest =
    'Name it REGISTRY/IMAGE@sha256:DIGEST (the digest that the push has printed): a tag may be another image tomorrow.';
  match('--worker-image', options.workerImage, IMAGE_BY_DIGEST, 'an image by digest', digest);
  checkWorkers(options);
  optional('--machine-type', options.machineType, MACHINE_TYPE, 'a machine type', 'Give one such as n2-standard-2.');
  const account = 'Give one such as vitals-worker@PROJECT.iam.gserviceaccount.com.';
  optional('--service-account', options.serviceAccount, SERVICE_ACCOUNT, 'a service account', account);
  checkSubnetwork(options);
  checkLabels(options.labels);
}

function checkWorkers({ maxWorkers, numWorkers }: DataflowOptions): void {
  const remedy = `Give a whole number from 1 to ${MOST_WORKERS}: it caps what the job may cost.`;
  if (!Number.isInteger(maxWorkers) || maxWorkers < 1 || maxWorkers > MOST_WORKERS) {
    throw new ConfigurationError('--max-workers', `${maxWorkers} is not a number of workers`, remedy);
  }
  if (numWorkers === null) return;
  if (!Number.isInteger(numWorkers) || numWorkers < 1 || numWorkers > maxWorkers) {
    const problem = `${numWorkers} is not a number of workers up to --max-workers ${maxWorkers}`;
    throw new ConfigurationError('--num-workers', problem, 'Give fewer, or raise the cap.');
  }
}

function checkSubnetwork({ subnetwork, region }: DataflowOptions): void {
  const remedy = `Give regions/${region}/subnetworks/NAME, or the full URL of a shared network's.`;
  optional('--subnetwork', subnetwork, SUBNETWORK, 'a subnetwork', remedy);
  const own = subnetwork === null ? region : SUBNETWORK.exec(subnetwork)?.[1];
  if (own !== region) {
    throw new ConfigurationError('--subnetwork', `${subnetwork} is not in the region ${region} of the job`, remedy);
  }
}

function checkLabels(labels: Readonly<Record<string, string>>): void {
  const remedy = 'Give key=value in lower-case letters, digits, dashes and underscores, 63 characters at most.';
  for (const [key, value] of Object.entries(labels)) {
    if (LABEL_KEY.test(key) && LABEL_VALUE.test(value)) continue;
    throw new ConfigurationError('--labels', `${key}=${value} is no label`, remedy);
  }
  const count = Object.keys(labels).length;
  if (count > MOST_LABELS)
    throw new ConfigurationError('--labels', `${count} are too many`, `Give ${MOST_LABELS} at most.`);
}

function optional(flag: string, value: string | null, pattern: RegExp, what: string, remedy: string): void {
  if (value !== null) match(flag, value, pattern, what, remedy);
}

function match(flag: string, value: string, pattern: RegExp, what: string, remedy: string): void {
  if (!pattern.test(value)) throw new ConfigurationError(flag, `${value} is not ${what}`, remedy);
}
