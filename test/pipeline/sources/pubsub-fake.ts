import { EventEmitter } from 'node:events';
import type {
  Connection,
  PullRequest,
  PullStream,
  ReceivedMessage,
  SubscriptionTraits,
} from '../../../pipeline/sources/pubsub/connection.js';

/** An error as the client of Pub/Sub throws it. */
export function grpcError(code: number, errorInfoMetadata?: Record<string, string>): Error {
  return Object.assign(new Error(`status ${code}`), { code, errorInfoMetadata });
}

export class FakeStream extends EventEmitter implements PullStream {
  paused = false;
  cancelled = false;

  constructor(readonly request: PullRequest) {
    super();
  }

  write(): void {}
  pause(): void {
    this.paused = true;
  }
  resume(): void {
    this.paused = false;
  }
  cancel(): void {
    this.cancelled = true;
  }
  deliver(messages: readonly ReceivedMessage[]): void {
    this.emit('data', { receivedMessages: messages });
  }
}

/** A broker that does what a test says: records what is asked of it, fails when told to. */
export class FakeConnection implements Connection {
  readonly streams: FakeStream[] = [];
  readonly acknowledged: string[] = [];
  readonly deadlines: { readonly ackIds: readonly string[]; readonly seconds: number }[] = [];
  closed = false;
  /** Fails the next calls of a kind, in turn. */
  readonly failures: { acknowledge: unknown[]; describe: unknown[] } = { acknowledge: [], describe: [] };

  constructor(private readonly traits: SubscriptionTraits = { exactlyOnce: false, ordered: false }) {}

  get stream(): FakeStream {
    return this.streams.at(-1) as FakeStream;
  }

  openStream(request: PullRequest): PullStream {
    const stream = new FakeStream(request);
    this.streams.push(stream);
    return stream;
  }

  async acknowledge(ackIds: readonly string[]): Promise<void> {
    if (this.failures.acknowledge.length > 0) throw this.failures.acknowledge.shift();
    this.acknowledged.push(...ackIds);
  }

  async changeDeadline(ackIds: readonly string[], seconds: number): Promise<void> {
    this.deadlines.push({ ackIds, seconds });
  }

  async describe(): Promise<SubscriptionTraits> {
    if (this.failures.describe.length > 0) throw this.failures.describe.shift();
    return this.traits;
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

/** A message that is known by its number. */
export function received(n: number, changes: Partial<ReceivedMessage['message']> = {}): ReceivedMessage {
  return {
    ackId: `ack-${n}`,
    message: {
      data: Buffer.from(`message ${n}`),
      attributes: { version: '1', dialect: 'json' },
      messageId: String(n),
      publishTime: { seconds: '1795219200', nanos: 5_999_999 },
      ...changes,
    },
  };
}
