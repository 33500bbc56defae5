import type { Message } from '../../transforms/reading.js';
import type { Pulled, PullLimits, Source, SourceMessage, SourcePositions } from '../sources/source.js';
import { deadLetterSource, repeatedMessage } from './dead-letter-source.js';

/**
 * The bronze of a lake as a source for a new lake: every message as it was frozen, with its own time of receipt and its own
 * source, in batches as large as the limits allow.
 *
 * What the lake's sources stand at is recorded with the last batch only: a new lake that was not finished does not claim to
 * have read them. A message that was run again names the message it repeats by batch and offset, so it is told where that one
 * lies now. Delivery: each message once; for a new, empty lake only.
 */
export class BronzeSource implements Source {
  readonly #batches: AsyncIterator<readonly Message[]>;
  /** Read, and not handed over yet; one message ahead, to know the last pull when it comes. */
  #waiting: Message[] = [];
  #ended = false;
  /** Batch of the new lake that the next pull becomes. */
  #batch = 1;
  /** `batch/offset` of messages that may be named later: to their place in the new lake. */
  readonly #places = new Map<string, string>();

  /**
   * @param url of the old lake
   * @param repeated `dead-letter:batch/offset` of every message that was run again
   * @param finalPositions null where the new lake is to start its sources from the beginning
   */
  constructor(
    readonly url: string,
    batches: AsyncIterable<readonly Message[]>,
    private readonly repeated: ReadonlySet<string>,
    private readonly finalPositions: SourcePositions | null,
  ) {
    this.#batches = batches[Symbol.asyncIterator]();
  }

  async resume(): Promise<void> {}

  async pull(limits: PullLimits): Promise<Pulled> {
    await this.#fill(limits.messages + 1);
    const messages = this.#take(limits);
    const drained = this.#ended && this.#waiting.length === 0;
    const positions = drained && this.finalPositions !== null ? this.finalPositions : {};
    if (messages.length > 0) this.#batch += 1;
    return { messages, positions, drained, acknowledge: () => Promise.resolve() };
  }

  async wait(): Promise<void> {}

  async close(): Promise<void> {
    await this.#batches.return?.();
  }

  async #fill(wanted: number): Promise<void> {
    while (!this.#ended && this.#waiting.length < wanted) {
      const next = await this.#batches.next();
      if (next.done === true) this.#ended = true;
      else this.#waiting = this.#waiting.concat(next.value);
    }
  }

  #take(limits: PullLimits): SourceMessage[] {
    let count = 0;
    for (let bytes = 0; count < this.#waiting.length && count < limits.messages && bytes < limits.bytes; count += 1) {
      bytes += this.#waiting[count]?.payload.length ?? 0;
    }
    const taken = this.#waiting.splice(0, count);
    return taken.map((message, offset) => this.#handOver(message, offset));
  }

  #handOver(message: Message, offset: number): SourceMessage {
    const { payload, attributes, dialect, message_id, publish_time, receive_time } = message;
    const old = deadLetterSource(message);
    if (this.repeated.has(old)) this.#places.set(old, deadLetterSource({ batch: this.#batch, offset }));
    const source = repeatedMessage(message.source) === null ? message.source : this.#places.get(message.source);
    return { payload, attributes, dialect, message_id, publish_time, receive_time, source: source ?? message.source };
  }
}
