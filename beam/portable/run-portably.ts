import type { Root } from 'apache-beam';
import { setTimeout as delay } from 'node:timers/promises';
import type { JobClient, JobMessage } from './job-client.js';
import { JobFailedError } from './job-errors.js';
import { isSuccess, isTerminal, type JobState } from './job-state.js';
import { MendedPortableRunner, type SubmitOptions } from './portable-runner.js';

/** How a job ended that did its work. */
export interface JobResult {
  readonly jobId: string;
  readonly jobName: string;
  /** DONE, or DRAINED or UPDATED for an unbounded job. */
  readonly state: JobState;
}

/** How long to wait for a job, and for how many milliseconds at most. */
export interface WaitOptions {
  /** Ends the waiting, not the job. */
  readonly signal?: AbortSignal;
  readonly timeoutMillis?: number;
}

/** A job that was submitted. Close it when nothing more is asked of it; that does not end a job. */
export interface JobHandle {
  readonly jobId: string;
  readonly jobName: string;
  state(): Promise<JobState>;
  /** What the runner says of the job, from its start; ends with the job, or when the signal aborts. */
  messages(signal?: AbortSignal): AsyncIterable<JobMessage>;
  /** Asks the runner to end the job without finishing its work. The job API of Beam has no drain: see an engine's own. */
  cancel(): Promise<void>;
  /**
   * Waits for the end of the job.
   * @throws JobFailedError when it ends FAILED or CANCELLED, with what the runner says of it
   * @throws JobServiceError when the job service is lost; TimeoutError or the signal's reason when waiting ends first
   */
  waitUntilFinish(options?: WaitOptions): Promise<JobResult>;
  close(): Promise<void>;
}

/** Looks at the job's state again after these milliseconds, then ever longer. */
const FIRST_POLL_MILLIS = 10;
const LAST_POLL_MILLIS = 500;
const POLL_GROWTH = 1.3;

/** A failed job's messages come at once, or not at all. */
const REASON_TIMEOUT_MILLIS = 5_000;
const REASON_CHARACTERS = 4_000;

/**
 * Runs a bounded graph on any runner with a job service, and waits for its end.
 *
 * @param build makes the graph, as for runOnDirectRunner; may be asynchronous
 * @throws JobFailedError, JobServiceError (see {@link JobHandle.waitUntilFinish}), and what `build` throws
 */
export async function runPortably(
  build: (root: Root) => unknown,
  options: SubmitOptions & WaitOptions,
): Promise<JobResult> {
  const job = await submitPortably(build, options);
  try {
    return await job.waitUntilFinish(options);
  } finally {
    await job.close();
  }
}

/** Submits a graph, bounded or not, and returns as soon as the runner has started it. */
export async function submitPortably(build: (root: Root) => unknown, options: SubmitOptions): Promise<JobHandle> {
  const runner = new MendedPortableRunner(options);
  let jobId: string;
  try {
    jobId = await runner.submit(build);
  } catch (error) {
    await runner.close();
    throw error;
  }
  return handleOf(runner, jobId, options.jobName);
}

function handleOf(runner: MendedPortableRunner, jobId: string, jobName: string): JobHandle {
  const { jobs } = runner;
  const closed = new AbortController();
  return {
    jobId,
    jobName,
    state: () => jobs.stateOf(jobId),
    messages: (signal) => jobs.messagesOf(jobId, signal ? AbortSignal.any([signal, closed.signal]) : closed.signal),
    cancel: async () => void (await jobs.cancelJob(jobId)),
    waitUntilFinish: async (options = {}) => {
      const state = await terminalState(jobs, jobId, options);
      if (isSuccess(state)) return { jobId, jobName, state };
      throw new JobFailedError(jobName, jobId, state, await reasonOf(jobs, jobId));
    },
    close: async () => {
      closed.abort();
      await runner.close();
    },
  };
}

async function terminalState(jobs: JobClient, jobId: string, options: WaitOptions): Promise<JobState> {
  const signals = [
    ...(options.signal ? [options.signal] : []),
    ...(options.timeoutMillis === undefined ? [] : [AbortSignal.timeout(options.timeoutMillis)]),
  ];
  const signal = AbortSignal.any(signals);
  for (let pause = FIRST_POLL_MILLIS; ; pause = Math.min(LAST_POLL_MILLIS, pause * POLL_GROWTH)) {
    const state = await jobs.stateOf(jobId);
    if (isTerminal(state)) return state;
    signal.throwIfAborted();
    await delay(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** What the runner says of a failure: its errors, or else its last words. */
async function reasonOf(jobs: JobClient, jobId: string): Promise<string> {
  const texts: JobMessage[] = [];
  try {
    for await (const message of jobs.messagesOf(jobId, AbortSignal.timeout(REASON_TIMEOUT_MILLIS))) texts.push(message);
  } catch {
    // A runner that fails the stream as well has said all that it will say.
  }
  const errors = texts.filter(({ importance }) => importance === 'ERROR');
  const telling = errors.length > 0 ? errors : texts.slice(-1);
  const distinct = [...new Set(telling.map(({ text }) => text.trim()))].filter((text) => text !== '');
  return distinct.join('\n').slice(0, REASON_CHARACTERS) || 'the runner gives no reason';
}
