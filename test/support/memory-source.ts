import type { Pulled, PullLimits, Source, SourceMessage, SourcePositions } from '../../pipeline/sources/source.js';

/** A source over messages in memory, for tests: positions are how many were pulled. */
export class MemorySource implements Source {
  readonly url = 'memory:test';
  #next = 0;

  constructor(private readonly payloads: readonly (string | Uint8Array)[]) {}

  async resume(positions: SourcePositions | null): Promise<void> {
    this.#next = Number(positions?.['next'] ?? 0);
  }

  async pull(limits: PullLimits): Promise<Pulled> {
    const messages: SourceMessage[] = this.payloads.slice(this.#next, this.#next + limits.messages).map((payload) => ({
      payload: typeof payload === 'string' ? Buffer.from(payload) : payload,
      attributes: null,
      dialect: null,
      message_id: null,
      publish_time: null,
    }));
    this.#next += messages.length;
    return {
      messages,
      positions: { next: this.#next },
      drained: this.#next >= this.payloads.length,
      acknowledge: () => Promise.resolve(),
    };
  }

  async wait(): Promise<void> {}

  async close(): Promise<void> {}
}
