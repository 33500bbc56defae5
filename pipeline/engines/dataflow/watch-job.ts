import type { DataflowClient } from './dataflow-client.js';
import { hasEnded, stateName, type Job, type JobMessage } from './job.js';

export interface Watch {
  onState(job: Job): void;
  onMessage(message: JobMessage): void;
  /** Waits between polls; resolves early when `signal` aborts. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Aborted when whoever watches has seen enough; the job is not touched. */
  readonly signal: AbortSignal;
}

/** Between two polls: as often as somebody watches at first, as rarely as a quota of requests wants it later. */
const FIRST_PAUSE_MILLIS = 1_000;
const LONGEST_PAUSE_MILLIS = 20_000;
const GROWTH = 1.5;

/**
 * Follows a job to its end, showing each state and message once. Polls with growing pauses that start anew whenever the job
 * has something new to say.
 *
 * @returns the job as it was last seen: ended, unless the signal aborted
 * @throws GoogleApiError when the service does not answer any more; the job goes on
 */
export async function watchJob(client: DataflowClient, id: string, watch: Watch): Promise<Job> {
  const messages = new MessageReader(client, id);
  let pause = FIRST_PAUSE_MILLIS;
  let shown: string | undefined;
  for (;;) {
    const job = await client.get(id);
    const fresh = await messages.next();
    for (const message of fresh) watch.onMessage(message);
    const changed = job.currentState !== shown;
    if (changed) watch.onState(job);
    shown = job.currentState;
    if (hasEnded(job) || watch.signal.aborted) return job;
    pause = changed || fresh.length > 0 ? FIRST_PAUSE_MILLIS : Math.min(pause * GROWTH, LONGEST_PAUSE_MILLIS);
    await watch.sleep(pause, watch.signal);
  }
}

/** Why a job has failed, in its own last words of error; null when it said nothing. */
export async function failureReason(client: DataflowClient, id: string): Promise<string | null> {
  const errors = await client.messages(id, 'JOB_MESSAGE_ERROR', null);
  return errors.at(-1)?.messageText.trim() ?? null;
}

/** A job has ended in a state that was not asked for. */
export class DataflowJobError extends Error {
  override readonly name = 'DataflowJobError';

  constructor(
    readonly job: Job,
    reason: string | null,
  ) {
    super(`Dataflow job ${job.id} is ${stateName(job)}: ${reason ?? 'it gives no reason; see its logs'}`);
  }
}

/** Reads the messages that are new since the last look. The service's clock decides what is new, and ids what is known. */
class MessageReader {
  #since: string | null = null;
  #known = new Set<string>();

  constructor(
    private readonly client: DataflowClient,
    private readonly id: string,
  ) {}

  async next(): Promise<JobMessage[]> {
    const messages = await this.client.messages(this.id, 'JOB_MESSAGE_BASIC', this.#since);
    const fresh = messages.filter((message) => !this.#known.has(message.id));
    const latest = messages.at(-1)?.time ?? null;
    if (latest !== null) {
      this.#since = latest;
      // Several may be of the same time, so the time itself is asked for again.
      this.#known = new Set(messages.filter((message) => message.time === latest).map((message) => message.id));
    }
    return fresh;
  }
}
