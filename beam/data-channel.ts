import type { Elements } from 'apache-beam/proto/beam_fn_api';
import { Inbox } from './inbox.js';
import { clients, grpcOfSdk, type DataChannelFace, type DataConsumer } from './worker-internals.js';

/** A runner may put an element of any size into one message; gRPC's own limit is 4 MB. */
export const ANY_MESSAGE_SIZE = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

/** Ended bundles whose late messages are recognised and dropped; a runner has some ten bundles under way at most. */
const REMEMBERED_BUNDLES = 1_000;

/**
 * The data stream of a worker to one endpoint, shared by all its bundles.
 *
 * Guarantee: the messages of a bundle reach each of its sources one at a time and in order, and nothing is kept of a
 * bundle that has ended. A stream that breaks fails every bundle that reads or writes through it.
 */
export class DataChannel implements DataChannelFace {
  readonly #stream: ReturnType<InstanceType<typeof clients.BeamFnDataClient>['data']>;
  readonly #client: InstanceType<typeof clients.BeamFnDataClient>;
  readonly #inboxes = new Map<string, Map<string, Inbox>>();
  readonly #ended = new Set<string>();
  #drained: { resolve(): void; reject(error: Error): void }[] = [];
  #lost: Error | undefined;

  constructor(
    private readonly url: string,
    workerId: string,
  ) {
    const metadata = new grpcOfSdk.Metadata();
    metadata.add('worker_id', workerId);
    this.#client = new clients.BeamFnDataClient(url, grpcOfSdk.credentials.createInsecure(), ANY_MESSAGE_SIZE, {});
    this.#stream = this.#client.data(metadata);
    this.#stream.on('data', (elements: Elements) => this.#receive(elements));
    this.#stream.on('drain', () => this.#drain());
    this.#stream.on('error', (error: Error) => this.#lose(error.message));
    this.#stream.on('end', () => this.#lose('the other side ended it'));
  }

  /** Messages that wait for a bundle to start, or for a bundle that is under way: the bundles that hold memory. */
  get openBundles(): number {
    return this.#inboxes.size;
  }

  close(): void {
    this.#lose('the worker has closed it');
    this.#stream.end();
    this.#client.close();
  }

  registerConsumer(bundleId: string, transformId: string, consumer: DataConsumer): Promise<void> {
    if (this.#lost) consumer.onError(this.#lost);
    else this.#inbox(bundleId, transformId).attach(consumer);
    return Promise.resolve();
  }

  unregisterConsumer(bundleId: string, transformId: string): void {
    this.#inboxes.get(bundleId)?.get(transformId)?.drop();
  }

  /** Forgets a bundle, failed or done, with all that has come or will yet come for it. */
  endBundle(bundleId: string): void {
    for (const inbox of this.#inboxes.get(bundleId)?.values() ?? []) inbox.drop();
    this.#inboxes.delete(bundleId);
    this.#ended.add(bundleId);
    for (const oldest of this.#ended) {
      if (this.#ended.size <= REMEMBERED_BUNDLES) break;
      this.#ended.delete(oldest);
    }
  }

  getSendChannel(bundleId: string, transformId: string): DataConsumer {
    const send = (data: Uint8Array, isLast: boolean) =>
      this.#write({ data: [{ instructionId: bundleId, transformId, data, isLast }], timers: [] });
    return {
      sendData: (data) => send(data, false),
      sendTimers: () => Promise.reject(new Error('beam: this SDK has no timers')),
      // The end of the output is followed by the answer to the instruction: whether there was room is of no interest.
      close: () => void send(new Uint8Array(), true).catch(() => {}),
      onError: (error) => {
        throw error;
      },
    };
  }

  #receive(elements: Elements): void {
    for (const { instructionId, transformId, data, isLast } of elements.data) {
      if (!this.#ended.has(instructionId)) this.#inbox(instructionId, transformId).push({ data, isLast });
    }
    for (const { instructionId, transformId, timerFamilyId, timers, isLast } of elements.timers) {
      if (this.#ended.has(instructionId)) continue;
      this.#inbox(instructionId, transformId).push({ data: timers, timerFamily: timerFamilyId, isLast });
    }
  }

  #inbox(bundleId: string, transformId: string): Inbox {
    let ofBundle = this.#inboxes.get(bundleId);
    if (!ofBundle) this.#inboxes.set(bundleId, (ofBundle = new Map()));
    let inbox = ofBundle.get(transformId);
    if (!inbox) ofBundle.set(transformId, (inbox = new Inbox()));
    return inbox;
  }

  /** Resolves when the stream takes more, so that a source slows down to the pace of the runner. */
  #write(elements: Elements): Promise<void> {
    if (this.#lost) return Promise.reject(this.#lost);
    if (this.#stream.write(elements)) return Promise.resolve();
    return new Promise((resolve, reject) => this.#drained.push({ resolve, reject }));
  }

  #drain(): void {
    const waiting = this.#drained;
    this.#drained = [];
    for (const { resolve } of waiting) resolve();
  }

  #lose(reason: string): void {
    if (this.#lost) return;
    const lost = new Error(`beam: the data stream to ${this.url} is lost: ${reason}`);
    this.#lost = lost;
    for (const { reject } of this.#drained) reject(lost);
    this.#drained = [];
    for (const inboxes of this.#inboxes.values()) for (const inbox of inboxes.values()) inbox.fail(lost);
    this.#inboxes.clear();
  }
}
