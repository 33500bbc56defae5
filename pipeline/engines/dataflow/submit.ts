import { ConfigurationError } from '../../../schema/errors.js';
import { clientRequestId } from './client-request-id.js';
import type { DataflowClient } from './dataflow-client.js';
import { GoogleApiError } from './google-api.js';
import { hasEnded, stateName, type Job } from './job.js';
import { jobRequest, pipelineUrl, type JobRequest, type Replacement } from './job-request.js';
import type { DataflowOptions } from './options.js';
import type { SerialisedPipeline } from './pipeline-proto.js';
import { stageOnce } from './stage.js';

/** How a submission relates to the job of the same name that is running. */
export type SubmissionMode =
  | { readonly kind: 'new' }
  | { readonly kind: 'update'; readonly transformNameMapping: Readonly<Record<string, string>> };

export interface Submission {
  readonly job: Job;
  readonly request: JobRequest;
  /** The job was there already: the same submission, made before. */
  readonly repeated: boolean;
}

/**
 * Stages a pipeline and creates its job, or replaces the running job of that name. Repeating it after a fault starts
 * nothing twice: the file is put if absent, and the job carries an id that the service compares.
 *
 * @throws ConfigurationError when another job has the name, or there is none to update
 * @throws GoogleApiError when the service refuses
 */
export async function submitJob(
  options: DataflowOptions,
  pipeline: SerialisedPipeline,
  mode: SubmissionMode,
  client: DataflowClient,
): Promise<Submission> {
  const named = await client.named(options.jobName);
  const active = named.find((job) => !hasEnded(job)) ?? null;
  const again = madeBefore(options, pipeline, mode, active, named);
  if (again) return again;
  if (mode.kind === 'new' && active) throw nameTaken(active);
  const request = requestFor(options, pipeline, replacementFor(mode, active, options), lastEnded(named));
  await stageOnce(pipelineUrl(options, pipeline), pipeline.bytes);
  const job = await create(client, request);
  if (job.clientRequestId !== undefined && job.clientRequestId !== request.clientRequestId) throw nameTaken(job);
  return { job, request, repeated: false };
}

/** The request that a submission would send if no job of that name had ever been; for a dry run. */
export function dryRequest(options: DataflowOptions, pipeline: SerialisedPipeline, mode: SubmissionMode): JobRequest {
  const replacement =
    mode.kind === 'new' ? null : { jobId: 'ID-OF-THE-RUNNING-JOB', transformNameMapping: mode.transformNameMapping };
  return requestFor(options, pipeline, replacement, null);
}

/** The active job may be this very submission, whose answer was lost. */
function madeBefore(
  options: DataflowOptions,
  pipeline: SerialisedPipeline,
  mode: SubmissionMode,
  active: Job | null,
  named: readonly Job[],
): Submission | null {
  if (!active) return null;
  const replacement: Replacement | null =
    mode.kind === 'new' ? null : { jobId: active.replaceJobId ?? '', transformNameMapping: mode.transformNameMapping };
  // The job that an update replaced has ended since, and had not when the update was asked for.
  const before = named.filter(
    (job) => job.id !== active.replaceJobId && (job.createTime ?? '') < (active.createTime ?? ''),
  );
  const request = requestFor(options, pipeline, replacement, lastEnded(before));
  return active.clientRequestId === request.clientRequestId ? { job: active, request, repeated: true } : null;
}

function requestFor(
  options: DataflowOptions,
  pipeline: SerialisedPipeline,
  replacement: Replacement | null,
  predecessor: Job | null,
): JobRequest {
  const unnamed = jobRequest(options, pipeline, '', replacement);
  return { ...unnamed, clientRequestId: clientRequestId(options, unnamed, predecessor?.id ?? null) };
}

function replacementFor(mode: SubmissionMode, active: Job | null, options: DataflowOptions): Replacement | null {
  if (mode.kind === 'new') return null;
  if (!active) {
    throw new ConfigurationError(
      '--update',
      `there is no running job called ${options.jobName} in ${options.region}`,
      'Name the running job with --job-name, or leave --update out to start a new one.',
    );
  }
  return { jobId: active.id, transformNameMapping: mode.transformNameMapping };
}

function lastEnded(jobs: readonly Job[]): Job | null {
  return jobs.find(hasEnded) ?? null;
}

async function create(client: DataflowClient, request: JobRequest): Promise<Job> {
  try {
    return await client.create(request);
  } catch (error) {
    if (!(error instanceof GoogleApiError) || error.status !== CONFLICT) throw error;
    // Refused because it is known: by this id it is ours, from an attempt whose answer was lost.
    const ours = (await client.named(request.name)).find((job) => job.clientRequestId === request.clientRequestId);
    if (ours && !hasEnded(ours)) return ours;
    throw error;
  }
}

const CONFLICT = 409;

function nameTaken(job: Job): ConfigurationError {
  return new ConfigurationError(
    '--job-name',
    `${job.name} is taken by the job ${job.id}, which is ${stateName(job)}`,
    'Replace it with --update, end it with vitals drain, or choose another name.',
  );
}
