import type { PullLimits, SourceMessage } from '../source.js';
import type { MllpConnection } from './connection.js';

/** A message that came in, and whom to answer when it is safe; nobody where it was no message (bytes outside a block). */
export interface Received {
  readonly message: SourceMessage;
  readonly connection: MllpConnection | null;
}

/** What was received and not taken: first in, first out. */
export class ReceivedBuffer {
  #waiting: Received[] = [];
  #next = 0;
  bytes = 0;

  get messages(): number {
    return this.#waiting.length - this.#next;
  }

  add(received: Received): void {
    this.#waiting.push(received);
    this.bytes += sizeOf(received);
  }

  /** Takes out at most so many messages and bytes, but one message at least while there is one. */
  take(limits: PullLimits): Received[] {
    const start = this.#next;
    let bytes = 0;
    let received: Received | undefined;
    while (this.#next - start < limits.messages && bytes < limits.bytes && (received = this.#waiting[this.#next])) {
      bytes += sizeOf(received);
      this.#next += 1;
    }
    const taken = this.#waiting.slice(start, this.#next);
    this.bytes -= bytes;
    if (this.messages === 0 || this.#next > COMPACT_AFTER) {
      this.#waiting = this.#waiting.slice(this.#next);
      this.#next = 0;
    }
    return taken;
  }
}

const COMPACT_AFTER = 10_000;
/** So that a buffer of empty messages is bounded too. */
const OVERHEAD_BYTES = 200;

function sizeOf({ message }: Received): number {
  return message.payload.length + OVERHEAD_BYTES;
}
