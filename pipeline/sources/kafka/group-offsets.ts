import { BackOff } from './back-off.js';
import { KafkaFault, type KafkaClient, type Offsets } from './kafka-client.js';
import { WakeUp } from '../wake-up.js';

/**
 * Commits how far bronze has got to the consumer group, for lag monitors. Runs behind the pipeline: the newest offsets go out
 * when the ones before have, and a failure costs a notice and another attempt, because nobody reads them back.
 */
export class GroupOffsets {
  #wanted: Offsets | null = null;
  #sending: Promise<void> | null = null;
  #failing = false;
  #closed = false;
  readonly #closing = new WakeUp();
  readonly #sent = new WakeUp();

  constructor(
    private readonly client: KafkaClient,
    private readonly group: string,
    private readonly notice: (line: string) => void,
    private readonly clock: () => number,
  ) {}

  /** Returns at once. */
  commit(offsets: Offsets): void {
    if (offsets.size === 0) return;
    this.#wanted = offsets;
    this.#sending ??= this.#send();
  }

  /** Waits so long at most for what is under way, and ends. */
  async close(milliseconds: number): Promise<void> {
    if (this.#sending !== null) await this.#sent.wait(milliseconds);
    this.#closed = true;
    this.#closing.ring();
  }

  async #send(): Promise<void> {
    const backOff = new BackOff(this.clock);
    while (this.#wanted !== null && !this.#closed) {
      const offsets: Offsets = this.#wanted;
      this.#wanted = null;
      try {
        await this.client.commit(this.group, offsets);
        this.#failing = false;
        backOff.worked();
      } catch (error) {
        if (!(error instanceof KafkaFault)) throw error;
        this.#failed(error);
        if (error.kind === 'refused') continue;
        await this.#closing.wait(backOff.failed());
        this.#wanted ??= offsets;
      }
    }
    this.#sending = null;
    this.#sent.ring();
  }

  #failed(fault: KafkaFault): void {
    if (!this.#failing && fault.kind === 'refused') {
      this.notice(
        `offsets are not committed to the group ${this.group} (${fault.message}); only lag monitors miss them`,
      );
    }
    this.#failing = fault.kind === 'refused';
  }
}
