/**
 * The leases that this reader holds: of every message that it got and that is not acknowledged yet.
 *
 * A lease is extended while its message waits, but no longer than `longestMillis` after it came: then something has
 * stopped working, and the broker may give the message to somebody else.
 */
export class Leases {
  /** When each came, epoch ms, by its id for the acknowledgement; in order of arrival. */
  readonly #received = new Map<string, number>();

  constructor(private readonly longestMillis: number) {}

  get size(): number {
    return this.#received.size;
  }

  add(ackId: string, now: number): void {
    this.#received.set(ackId, now);
  }

  release(ackIds: readonly string[]): void {
    for (const ackId of ackIds) this.#received.delete(ackId);
  }

  /** Those to extend now, in order of arrival; lets go of those that have had their time. */
  toExtend(now: number): string[] {
    for (const [ackId, received] of this.#received) {
      if (now - received < this.longestMillis) break;
      this.#received.delete(ackId);
    }
    return [...this.#received.keys()];
  }

  /** Lets go of all; those that were held. */
  clear(): string[] {
    const held = [...this.#received.keys()];
    this.#received.clear();
    return held;
  }
}
