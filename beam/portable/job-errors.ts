import type { JobState } from './job-state.js';

/** A job has ended without having done its work. `reason` is what the runner's messages say of it. */
export class JobFailedError extends Error {
  override readonly name = 'JobFailedError';

  constructor(
    readonly jobName: string,
    readonly jobId: string,
    readonly state: JobState,
    readonly reason: string,
  ) {
    super(`beam: the job ${jobName} (${jobId}) ended ${state}: ${reason}`);
  }
}

/** The job service does not answer, or refuses a call. Whether a job that was submitted goes on is not known. */
export class JobServiceError extends Error {
  override readonly name = 'JobServiceError';

  constructor(
    readonly endpoint: string,
    readonly call: string,
    cause: unknown,
  ) {
    super(`beam: the job service at ${endpoint} failed to ${call}: ${textOf(cause)}`, { cause });
  }
}

/** gRPC percent-encodes what a status says. */
function textOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
