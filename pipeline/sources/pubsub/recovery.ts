import { setTimeout as sleep } from 'node:timers/promises';
import { explainPubSubError, isTransient } from '../../../brokers/pubsub/errors.js';
import type { ConfigurationError } from '../../../schema/errors.js';

export interface RecoveryOptions {
  /** The subscription, `projects/P/subscriptions/S`. */
  readonly path: string;
  readonly notice: (text: string) => void;
  /** Asks the broker; breaks while it is not well. */
  readonly probe: () => Promise<void>;
  /** Opens a new stream. */
  readonly reopen: () => void;
  readonly pauses?: RecoveryPauses;
}

export interface RecoveryPauses {
  readonly firstMillis: number;
  readonly longestMillis: number;
  /** How long a subscription may be gone, or forbidden, before the run gives up. */
  readonly patienceMillis: number;
}

const PAUSES: RecoveryPauses = { firstMillis: 250, longestMillis: 5_000, patienceMillis: 60_000 };

/**
 * What happens when a stream has ended: ask with growing pauses until the broker is well, then open a new one.
 *
 * A broker that does not answer is waited for without end, as it would be in an outage. One that answers that there is no
 * such subscription, or that we may not read it, is given a minute (it may be made anew, rights take time to spread):
 * then the run ends with an error that names the remedy.
 */
export class Recovery {
  #running = false;
  #stopped = false;
  #hopeless: ConfigurationError | null = null;

  constructor(private readonly options: RecoveryOptions) {}

  get running(): boolean {
    return this.#running;
  }

  /** @throws ConfigurationError when the subscription stayed away */
  throwIfHopeless(): void {
    if (this.#hopeless !== null) throw this.#hopeless;
  }

  begin(cause: unknown): void {
    if (this.#running || this.#stopped) return;
    this.#running = true;
    void this.#recover(cause).finally(() => (this.#running = false));
  }

  stop(): void {
    this.#stopped = true;
  }

  async #recover(cause: unknown): Promise<void> {
    const { path, notice, probe, reopen, pauses = PAUSES } = this.options;
    const explained = (error: unknown) => explainPubSubError('--source', path, error);
    let refusedSince: number | null = isPassing(cause) ? null : performance.now();
    let told = false;
    for (let pause = pauses.firstMillis; !this.#stopped; pause = Math.min(2 * pause, pauses.longestMillis)) {
      await sleep(pause);
      try {
        await probe();
        if (this.#stopped) return;
        if (told) notice(`${path} is there again`);
        reopen();
        return;
      } catch (error) {
        // The broker ends streams from time to time: that is worth a word only when the next question fails too.
        if (!told) notice(`${explained(error).problem}; waiting`);
        told = true;
        const now = performance.now();
        refusedSince = isPassing(error) ? null : (refusedSince ?? now);
        if (refusedSince === null || now - refusedSince < pauses.patienceMillis) continue;
        this.#hopeless = explained(error);
        return;
      }
    }
  }
}

/** A stream that simply ended (null), or an error that may pass by itself. */
function isPassing(error: unknown): boolean {
  return error === null || isTransient(error);
}
