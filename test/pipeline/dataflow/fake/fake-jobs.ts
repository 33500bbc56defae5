import { createHash } from 'node:crypto';
import { runnerApi } from '../../../../beam/portable/internals.js';
import type { JobRequest } from '../../../../pipeline/engines/dataflow/job-request.js';
import { refusal, type Answer, type FakeStorage } from './fake-storage.js';
import { faultsOf } from './parse-strictly.js';

/** A job of the fake service; `script` is what each look at it shows next. */
export interface FakeJob {
  readonly id: string;
  readonly name: string;
  readonly request: JobRequest;
  readonly steps: readonly string[];
  readonly clientRequestId: string;
  readonly createTime: string;
  currentState: string;
  replaceJobId?: string;
  replacedByJobId?: string;
  /** States that the next looks at the job bring, in turn. */
  script: string[];
  messages: { id: string; time: string; messageText: string; messageImportance: string }[];
}

const ENDED = ['DONE', 'FAILED', 'CANCELLED', 'UPDATED', 'DRAINED'].map((state) => `JOB_STATE_${state}`);

/**
 * The jobs of one region, as strict as the service's documents say it is: unknown fields and values are refused, the
 * pipeline must be staged and have the hash that the request names, images come by digest, one active job has a name,
 * a client request id is accepted once, and a replacement must hold every step of the job it replaces.
 */
export class FakeJobs {
  readonly jobs: FakeJob[] = [];
  /** States that a new job will go through. */
  plan: readonly string[] = ['JOB_STATE_PENDING', 'JOB_STATE_RUNNING'];
  /** How a name that is taken is answered: with the job that has it (documented), or with a conflict. */
  conflict: 'existing job' | 409 = 'existing job';
  #time = Date.UTC(2026, 10, 21, 4);

  constructor(private readonly storage: FakeStorage) {}

  handle(method: string, url: URL, body: unknown): Answer {
    const path = /^\/v1b3\/projects\/demo-vitals\/locations\/europe-west1\/jobs(?:\/([^/]+)(\/messages)?)?$/.exec(
      url.pathname,
    );
    if (!path) return refusal(404, `no such path: ${url.pathname}`, 'NOT_FOUND');
    const [, id, messages] = path;
    if (id === undefined) return method === 'POST' ? this.#create(body as JobRequest) : this.#list(url);
    const job = this.jobs.find((known) => known.id === id);
    if (!job) return refusal(404, `(4ff1) Information about job ${id} could not be found.`, 'NOT_FOUND');
    if (messages) return this.#messages(job, url);
    return method === 'PUT' ? this.#update(job, body as { requestedState?: string }) : this.#get(job);
  }

  /** Says something in the name of a job. */
  say(job: FakeJob, messageImportance: string, messageText: string): void {
    const id = `m${job.messages.length}`;
    job.messages.push({ id, time: this.#now(), messageText, messageImportance });
  }

  #create(request: JobRequest): Answer {
    const [fault] = [...faultsOf(request), ...this.#demands(request)];
    if (fault) return refusal(400, fault, 'INVALID_ARGUMENT');
    const known = this.jobs.find((job) => job.name === request.name && job.clientRequestId === request.clientRequestId);
    if (known) return refusal(409, `(7c1d) Job with this client request id exists: ${known.id}`, 'ALREADY_EXISTS');
    const active = this.jobs.find((job) => job.name === request.name && !ENDED.includes(job.currentState));
    if (active && request.replaceJobId !== active.id) {
      return this.conflict === 409
        ? refusal(409, `(7c1e) There is already an active job named ${request.name}.`, 'ALREADY_EXISTS')
        : { status: 200, body: shown(active) };
    }
    if (request.replaceJobId && !active) return refusal(404, 'There is no job to replace.', 'NOT_FOUND');
    return { status: 200, body: shown(this.#start(request, active ?? null)) };
  }

  #start(request: JobRequest, replaced: FakeJob | null): FakeJob {
    const job: FakeJob = {
      id: `2026-11-21_04_00_00-${String(this.jobs.length + 1).padStart(4, '0')}`,
      name: request.name,
      request,
      steps: this.#stepsOf(request),
      clientRequestId: request.clientRequestId,
      createTime: this.#now(),
      currentState: 'JOB_STATE_PENDING',
      script: this.plan.slice(1),
      messages: [],
    };
    this.jobs.push(job);
    this.say(job, 'JOB_MESSAGE_BASIC', 'Worker configuration: n2-standard-2 in europe-west1-b.');
    if (replaced) this.#replace(job, replaced);
    return job;
  }

  /** The compatibility check: every step of the old job must be found, under its name or the one it is mapped to. */
  #replace(job: FakeJob, old: FakeJob): void {
    job.replaceJobId = old.id;
    const mapping = job.request.transformNameMapping ?? {};
    const lost = old.steps.filter((step) => !isKept(step, mapping, job.steps));
    if (lost.length > 0) {
      job.script = ['JOB_STATE_FAILED'];
      const text = `Workflow failed. Causes: The new job is not compatible with ${old.id}. The original job has not been aborted., The new job is missing steps ${lost.join(', ')}.`;
      this.say(job, 'JOB_MESSAGE_ERROR', text);
      return;
    }
    old.currentState = 'JOB_STATE_UPDATED';
    old.replacedByJobId = job.id;
    old.script = [];
  }

  #update(job: FakeJob, body: { requestedState?: string }): Answer {
    const [fault] = faultsOf(body);
    if (fault) return refusal(400, fault, 'INVALID_ARGUMENT');
    if (ENDED.includes(job.currentState)) {
      return refusal(400, `Cannot modify the terminated job ${job.id}.`, 'FAILED_PRECONDITION');
    }
    if (body.requestedState === 'JOB_STATE_DRAINING' || body.requestedState === 'JOB_STATE_DRAINED') {
      if (job.request.type !== 'JOB_TYPE_STREAMING' || job.currentState !== 'JOB_STATE_RUNNING') {
        return refusal(400, 'Only running streaming jobs can be drained.', 'FAILED_PRECONDITION');
      }
      job.currentState = 'JOB_STATE_DRAINING';
      job.script = ['JOB_STATE_DRAINING', 'JOB_STATE_DRAINED'];
    } else if (body.requestedState === 'JOB_STATE_CANCELLED') {
      job.currentState = 'JOB_STATE_CANCELLING';
      job.script = ['JOB_STATE_CANCELLED'];
    } else {
      return refusal(400, `A job cannot be asked to be ${body.requestedState}.`, 'INVALID_ARGUMENT');
    }
    return { status: 200, body: shown(job) };
  }

  #get(job: FakeJob): Answer {
    job.currentState = job.script.shift() ?? job.currentState;
    return { status: 200, body: shown(job) };
  }

  #list(url: URL): Answer {
    const name = url.searchParams.get('name');
    const jobs = this.jobs.filter((job) => name === null || job.name === name);
    const from = Number(url.searchParams.get('pageToken') || 0);
    // Two a page, oldest first: a client that stops early, or relies on an order, shows.
    const next = from + 2 < jobs.length ? { nextPageToken: String(from + 2) } : {};
    return { status: 200, body: { jobs: jobs.slice(from, from + 2).map(shown), ...next } };
  }

  #messages(job: FakeJob, url: URL): Answer {
    const order = [
      'JOB_MESSAGE_DEBUG',
      'JOB_MESSAGE_DETAILED',
      'JOB_MESSAGE_BASIC',
      'JOB_MESSAGE_WARNING',
      'JOB_MESSAGE_ERROR',
    ];
    const least = order.indexOf(url.searchParams.get('minimumImportance') ?? '');
    const since = url.searchParams.get('startTime') ?? '';
    const jobMessages = job.messages.filter(
      (message) => order.indexOf(message.messageImportance) >= least && message.time >= since,
    );
    return { status: 200, body: jobMessages.length === 0 ? {} : { jobMessages } };
  }

  /** What the service needs of a job beyond its form. */
  #demands(request: JobRequest): string[] {
    const { options } = request.environment.sdkPipelineOptions as { options: Record<string, unknown> };
    const url = String(options['pipelineUrl']).replace('gs://', '');
    const file = this.storage.files.get(url);
    const [pool] = request.environment.workerPools;
    return [
      ...(file ? [] : [`The pipeline file ${url} is not staged.`]),
      ...(file && sha256(file.bytes) !== options['pipelineProtoHash'] ? ['The pipeline has another hash.'] : []),
      ...(pool.sdkHarnessContainerImages.length > 0 ? [] : ['There is no SDK harness container image.']),
      ...(pool.autoscalingSettings.maxNumWorkers > 0 ? [] : ['There is no cap on workers.']),
    ];
  }

  #stepsOf(request: JobRequest): string[] {
    const { options } = request.environment.sdkPipelineOptions;
    const file = this.storage.files.get(String(options['pipelineUrl']).replace('gs://', ''));
    const pipeline = runnerApi.Pipeline.fromBinary(file?.bytes ?? new Uint8Array());
    return Object.values(pipeline.components?.transforms ?? {}).map((transform) => transform.uniqueName);
  }

  #now(): string {
    this.#time += 1_000;
    return new Date(this.#time).toISOString();
  }
}

function isKept(step: string, mapping: Readonly<Record<string, string>>, steps: readonly string[]): boolean {
  const entry = Object.entries(mapping).find(([from]) => step === from || step.startsWith(`${from}/`));
  if (!entry) return steps.includes(step);
  const [from, to] = entry;
  return to === '' || steps.includes(to + step.slice(from.length));
}

function shown({ id, name, clientRequestId, createTime, currentState, replaceJobId, replacedByJobId }: FakeJob) {
  return {
    id,
    name,
    clientRequestId,
    createTime,
    currentState,
    ...(replaceJobId === undefined ? {} : { replaceJobId }),
    ...(replacedByJobId === undefined ? {} : { replacedByJobId }),
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
