import { isTransient, statusOf, GRPC } from './errors.js';

/** A message on its way to a topic. */
export interface TopicMessage {
  readonly data: Uint8Array;
  readonly attributes: Readonly<Record<string, string>>;
  /** Messages of one key keep their order; empty for none. */
  readonly orderingKey: string;
}

/** One publish request: kept when the broker has all of these messages, broken when it is not known to have any. */
export type PublishRequest = (messages: readonly TopicMessage[]) => Promise<void>;

export interface OrderedPublisherOptions {
  /** Milliseconds that one request is tried again for while the broker is away. */
  readonly patienceMillis: number;
  readonly clock: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Limits of a request: 1,000 messages and 10 MB, of which names, keys and attributes take their part (Pub/Sub quotas). */
const REQUEST_MESSAGES = 1_000;
const REQUEST_BYTES = 9_000_000;
/** What is held back to be sent together. With keys a request carries one key, so only waiting makes requests large. */
const HELD_MESSAGES = 20_000;
const HELD_BYTES = 16 << 20;
/** Requests under way at once: enough to hide the round trip, few enough for one connection. */
const CONCURRENCY = 32;
const FIRST_DELAY_MILLIS = 100;
const LONGEST_DELAY_MILLIS = 5_000;

/**
 * Collects messages and publishes them in few requests, in the order in which they came for each ordering key.
 *
 * Delivery: at least once, in order per key: a request is repeated until the broker has taken it, and nothing of its key
 * passes it meanwhile, so a failure needs no resuming afterwards. {@link flush} resolves when everything is taken.
 * Cost: a request holds one key (the API demands it), so few messages per key are many requests.
 */
export class OrderedPublisher {
  #held = new Map<string, TopicMessage[]>();
  #messages = 0;
  #bytes = 0;
  #published = 0;

  constructor(
    private readonly request: PublishRequest,
    private readonly options: OrderedPublisherOptions,
  ) {}

  /** Messages that the broker has taken. */
  get published(): number {
    return this.#published;
  }

  /** Takes a message; when enough are held, publishes them before it resolves: that is the back-pressure. */
  async add(message: TopicMessage): Promise<void> {
    const same = this.#held.get(message.orderingKey);
    if (same) same.push(message);
    else this.#held.set(message.orderingKey, [message]);
    this.#messages += 1;
    this.#bytes += message.data.length;
    if (this.#messages >= HELD_MESSAGES || this.#bytes >= HELD_BYTES) await this.flush();
  }

  /** Publishes all that is held. @throws what the broker answered last, when patience has run out */
  async flush(): Promise<void> {
    const tasks = tasksOf(this.#held);
    this.#held = new Map();
    this.#messages = 0;
    this.#bytes = 0;
    let next = 0;
    let failed = false;
    const work = async () => {
      for (let task = tasks[next++]; task !== undefined && !failed; task = tasks[next++]) {
        for (const messages of task) {
          await this.#publish(messages).catch((error: unknown) => {
            failed = true;
            throw error;
          });
        }
      }
    };
    // All come to rest before a failure is told: nothing is under way when the connection is closed.
    const ended = await Promise.allSettled(Array.from({ length: Math.min(CONCURRENCY, tasks.length) }, work));
    for (const end of ended) if (end.status === 'rejected') throw end.reason;
  }

  async #publish(messages: readonly TopicMessage[]): Promise<void> {
    const started = this.options.clock();
    for (let delay = FIRST_DELAY_MILLIS; ; delay = Math.min(2 * delay, LONGEST_DELAY_MILLIS)) {
      try {
        await this.request(messages);
        this.#published += messages.length;
        return;
      } catch (error) {
        if (!this.#mayPass(error) || this.options.clock() - started >= this.options.patienceMillis) throw error;
        await this.options.sleep(delay);
      }
    }
  }

  /** A topic that was there a moment ago may come back: an emulator that restarts has forgotten it. */
  #mayPass(error: unknown): boolean {
    return isTransient(error) || (this.#published > 0 && statusOf(error) === GRPC.NOT_FOUND);
  }
}

/** What may run side by side, each a list of requests that must follow each other. */
function tasksOf(held: ReadonlyMap<string, readonly TopicMessage[]>): TopicMessage[][][] {
  const tasks: TopicMessage[][][] = [];
  for (const [key, messages] of held) {
    const requests = requestsOf(messages);
    if (key === '') tasks.push(...requests.map((request) => [request]));
    else tasks.push(requests);
  }
  return tasks;
}

function requestsOf(messages: readonly TopicMessage[]): TopicMessage[][] {
  const requests: TopicMessage[][] = [];
  let open: TopicMessage[] = [];
  let bytes = 0;
  for (const message of messages) {
    if (open.length > 0 && (open.length >= REQUEST_MESSAGES || bytes + message.data.length > REQUEST_BYTES)) {
      requests.push(open);
      open = [];
      bytes = 0;
    }
    open.push(message);
    bytes += message.data.length;
  }
  if (open.length > 0) requests.push(open);
  return requests;
}
