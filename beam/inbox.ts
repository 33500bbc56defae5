import type { DataConsumer } from './worker-internals.js';

/** One message for a transform of a bundle: elements, or timers of a family. */
export interface Delivery {
  readonly data: Uint8Array;
  readonly timerFamily?: string;
  readonly isLast: boolean;
}

/**
 * What has arrived for one transform of one bundle, handed to its consumer one message after the other and in the order
 * of arrival. The end of the input is told only when every message before it has been processed.
 */
export class Inbox {
  #waiting: Delivery[] = [];
  #consumer: DataConsumer | undefined;
  #busy = false;
  #over = false;

  /** Takes a message in; it waits here until there is a consumer and every earlier message is done. */
  push(delivery: Delivery): void {
    if (this.#over) return;
    this.#waiting.push(delivery);
    void this.#deliver();
  }

  attach(consumer: DataConsumer): void {
    this.#consumer = consumer;
    void this.#deliver();
  }

  /** Tells the consumer, once; whatever comes later is dropped, because the bundle has failed. */
  fail(error: unknown): void {
    if (this.#over) return;
    this.drop();
    this.#consumer?.onError(error);
  }

  /** Takes nothing more in: the bundle has ended. */
  drop(): void {
    this.#over = true;
    this.#waiting = [];
  }

  async #deliver(): Promise<void> {
    const consumer = this.#consumer;
    if (this.#busy || !consumer) return;
    this.#busy = true;
    try {
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
        if (next.timerFamily === undefined) await consumer.sendData(next.data);
        else await consumer.sendTimers(next.timerFamily, next.data);
        if (next.isLast && !this.#over) consumer.close();
      }
    } catch (error) {
      this.fail(error);
    } finally {
      this.#busy = false;
    }
  }
}
