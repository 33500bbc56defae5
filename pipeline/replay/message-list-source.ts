import type { Pulled, PullLimits, Source, SourceMessage, SourcePositions } from '../sources/source.js';

/**
 * A source over messages that the lake has already, in their order.
 *
 * The lake's own sources stand where they stood: the positions that were recorded last are recorded again with each batch.
 * Delivery: each message once a run; a second run over the same messages is suppressed by the duplicate index.
 */
export class MessageListSource implements Source {
  #positions: SourcePositions = {};
  #next = 0;

  constructor(
    readonly url: string,
    private readonly messages: readonly SourceMessage[],
  ) {}

  async resume(positions: SourcePositions | null): Promise<void> {
    this.#positions = positions ?? {};
  }

  async pull(limits: PullLimits): Promise<Pulled> {
    const messages: SourceMessage[] = [];
    let bytes = 0;
    while (this.#next < this.messages.length && messages.length < limits.messages && bytes < limits.bytes) {
      const message = this.messages[this.#next++] as SourceMessage;
      messages.push(message);
      bytes += message.payload.length;
    }
    const drained = this.#next >= this.messages.length;
    return { messages, positions: this.#positions, drained, acknowledge: () => Promise.resolve() };
  }

  async wait(): Promise<void> {}

  async close(): Promise<void> {}
}
