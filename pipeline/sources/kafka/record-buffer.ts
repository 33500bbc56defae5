import type { PullLimits, SourceMessage } from '../source.js';

/** Messages of one partition in sequence, with the offset to go on from behind each. */
export interface Run {
  readonly partition: number;
  readonly messages: readonly SourceMessage[];
  /** Offset behind each message, and, last, behind the whole run. */
  readonly next: readonly number[];
}

/** What has been fetched and not handed out: first in, first out. Its owner keeps it bounded. */
export class RecordBuffer {
  #runs: Run[] = [];
  /** Place in the first run. */
  #at = 0;
  messages = 0;
  bytes = 0;

  add(run: Run): void {
    this.#runs.push(run);
    this.messages += run.messages.length;
    for (const message of run.messages) this.bytes += sizeOf(message);
  }

  /**
   * Takes out up to so many messages and bytes (one message at least while there is one), and says for each partition how far
   * they reach.
   */
  take(limits: PullLimits, onNext: (partition: number, next: number) => void): SourceMessage[] {
    const taken: SourceMessage[] = [];
    let bytes = 0;
    let run: Run | undefined;
    while ((run = this.#runs[0]) !== undefined) {
      const start = this.#at;
      while (this.#at < run.messages.length && taken.length < limits.messages && bytes < limits.bytes) {
        const message = run.messages[this.#at++]!;
        bytes += sizeOf(message);
        taken.push(message);
      }
      if (this.#at < run.messages.length) {
        if (this.#at > start) onNext(run.partition, run.next[this.#at - 1]!);
        break;
      }
      // The end of a run also lies behind what is no record.
      onNext(run.partition, run.next.at(-1)!);
      this.#runs.shift();
      this.#at = 0;
    }
    this.messages -= taken.length;
    this.bytes -= bytes;
    return taken;
  }

  clear(): void {
    this.#runs = [];
    this.#at = this.messages = this.bytes = 0;
  }
}

/** Bytes that a message is counted as: its payload, and what it weighs without one. */
function sizeOf(message: SourceMessage): number {
  return message.payload.length + OVERHEAD_BYTES;
}

/** So that a buffer of empty messages is bounded too. */
const OVERHEAD_BYTES = 200;
