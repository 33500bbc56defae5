import type { PullLimits } from '../source.js';

/** What the buffer needs to know of a message. */
export interface Leased {
  /** Bytes of its payload. */
  readonly length: number;
  /** When it came, epoch ms: its lease is counted from here. */
  readonly received: number;
}

export interface LeasedBufferOptions {
  /** What may be held; the client is to stop the broker here, so more only comes in the answer that was under way. */
  readonly limits: PullLimits;
  /** Milliseconds after which a lease is no longer extended: the broker gives the message to somebody else. */
  readonly leaseMillis: number;
  readonly clock: () => number;
}

/** Room beyond the limits for what was already under way: as much again. */
const EXCESS = 2;

/**
 * Messages that have been delivered and wait to be frozen, in order of arrival.
 *
 * Holds at most twice its limits, and no message whose lease has run out: that one comes again.
 */
export class LeasedBuffer<M extends Leased> {
  #messages: M[] = [];
  /** Place of the oldest message; those before it are taken. */
  #first = 0;
  #bytes = 0;

  constructor(private readonly options: LeasedBufferOptions) {}

  get size(): number {
    return this.#messages.length - this.#first;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether the broker should stop: the limits are reached. */
  get full(): boolean {
    const { messages, bytes } = this.options.limits;
    return this.size >= messages || this.#bytes >= bytes;
  }

  /** Takes a message in; false when there is no room, then it must be given back to the broker. */
  offer(message: M): boolean {
    const { messages, bytes } = this.options.limits;
    if (this.full) this.#dropExpired();
    if (this.size >= EXCESS * messages || (this.size > 0 && this.#bytes + message.length > EXCESS * bytes))
      return false;
    this.#messages.push(message);
    this.#bytes += message.length;
    return true;
  }

  /** The oldest messages: at most so many, and no more once so many bytes are reached, but one at least while there is one. */
  take(limits: PullLimits): M[] {
    this.#dropExpired();
    const taken: M[] = [];
    let bytes = 0;
    while (taken.length < limits.messages && bytes < limits.bytes) {
      const message = this.#shift();
      if (message === undefined) break;
      taken.push(message);
      bytes += message.length;
    }
    return taken;
  }

  /** Empties the buffer. */
  clear(): M[] {
    const rest = this.#messages.slice(this.#first);
    this.#messages = [];
    this.#first = 0;
    this.#bytes = 0;
    return rest;
  }

  #dropExpired(): void {
    const oldest = this.options.clock() - this.options.leaseMillis;
    for (;;) {
      const message = this.#messages[this.#first];
      if (message === undefined || message.received > oldest) return;
      this.#shift();
    }
  }

  #shift(): M | undefined {
    const message = this.#messages[this.#first];
    if (message === undefined) return undefined;
    this.#first += 1;
    this.#bytes -= message.length;
    if (this.#first === this.#messages.length) {
      this.#messages = [];
      this.#first = 0;
    } else if (this.#first >= COMPACT_AT && this.#first * 2 >= this.#messages.length) {
      this.#messages = this.#messages.slice(this.#first);
      this.#first = 0;
    }
    return message;
  }
}

/** Taken places that are worth a copy of the rest. */
const COMPACT_AT = 1_024;
