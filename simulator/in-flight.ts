import type { DialectName } from './dialects/dialect.js';
import { Heap } from './heap.js';

/** A message on its way. */
export interface FlyingMessage {
  /** Epoch ms. */
  readonly arrival: number;
  /** Settles the order of messages that arrive together. */
  readonly order: number;
  readonly text: string;
  readonly dialect: DialectName;
}

/** Messages on their way: by arrival, ties in the order of sending. */
export class InFlight {
  private readonly heap = new Heap<FlyingMessage>(before);
  private sent = 0;

  get size(): number {
    return this.heap.size;
  }

  /** Arrival of the next message, epoch ms; Infinity when none is on its way. */
  get nextArrival(): number {
    return this.heap.first?.arrival ?? Infinity;
  }

  send(arrival: number, text: string, dialect: DialectName): void {
    this.heap.add({ arrival, order: this.sent++, text, dialect });
  }

  /** Takes the next message off. Must not be called when none is on its way. */
  receive(): FlyingMessage {
    return this.heap.take();
  }
}

function before(a: FlyingMessage, b: FlyingMessage): boolean {
  return a.arrival < b.arrival || (a.arrival === b.arrival && a.order < b.order);
}
