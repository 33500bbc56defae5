interface Message {
  /** Epoch ms. */
  readonly arrival: number;
  /** Settles the order of messages that arrive together. */
  readonly order: number;
  readonly text: string;
}

/** Messages on their way: a binary heap by arrival, ties in the order of sending. */
export class InFlight {
  private readonly heap: Message[] = [];
  private sent = 0;

  get size(): number {
    return this.heap.length;
  }

  /** Arrival of the next message, epoch ms; Infinity when none is on its way. */
  get nextArrival(): number {
    return this.heap[0]?.arrival ?? Infinity;
  }

  send(arrival: number, text: string): void {
    const { heap } = this;
    const message = { arrival, order: this.sent++, text };
    let at = heap.length;
    heap.push(message);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(message, heap[parent] as Message)) break;
      heap[at] = heap[parent] as Message;
      at = parent;
    }
    heap[at] = message;
  }

  /** Takes the next message off. Must not be called when none is on its way. */
  receive(): string {
    const { heap } = this;
    const first = heap[0] as Message;
    const last = heap.pop() as Message;
    if (heap.length > 0) this.sink(last);
    return first.text;
  }

  private sink(message: Message): void {
    const { heap } = this;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Message, heap[child] as Message)) child++;
      if (!before(heap[child] as Message, message)) break;
      heap[at] = heap[child] as Message;
      at = child;
    }
    heap[at] = message;
  }
}

function before(a: Message, b: Message): boolean {
  return a.arrival < b.arrival || (a.arrival === b.arrival && a.order < b.order);
}
