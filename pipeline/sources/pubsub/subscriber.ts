import type { ConfigurationError } from '../../../schema/errors.js';
import type { PullLimits } from '../source.js';
import { Acknowledger, IDS_PER_REQUEST } from './acknowledger.js';
import type { Connection, PullStream, ReceivedMessage } from './connection.js';
import { LeasedBuffer } from './leased-buffer.js';
import { Leases } from './leases.js';
import type { PubSubSettings } from './pubsub-settings.js';
import { Recovery } from './recovery.js';
import { Silence } from './silence.js';

/** A message that waits to be frozen. */
export interface Delivered {
  readonly ackId: string;
  readonly content: ReceivedMessage['message'];
  /** Bytes of the payload. */
  readonly length: number;
  /** Epoch ms. */
  readonly received: number;
  /** The streams that brought it. */
  readonly round: number;
}

export type OpenConnection = () => Promise<Connection>;

export interface SubscriberOptions {
  /** `projects/P/subscriptions/S` */
  readonly path: string;
  readonly settings: PubSubSettings;
  readonly open: OpenConnection;
  readonly notice: (text: string) => void;
  /** Told after each delivery. */
  readonly arrived: () => void;
}

/**
 * Reads a subscription: a few streams, a buffer, leases that are extended while messages wait, acknowledgements in order.
 *
 * Back-pressure: the broker is asked to have no more than the limits outstanding, and the streams are paused when they are
 * reached. When one breaks all are closed, and what they brought stays in the buffer but is not acknowledged: it comes again when its
 * lease has run out and is suppressed. (An emulator that restarts numbers its deliveries anew: an old acknowledgement could
 * hit a new message.) Then recovery.ts opens another.
 */
export class Subscriber {
  readonly #buffer: LeasedBuffer<Delivered>;
  readonly #leases = new Leases(LONGEST_LEASE_MILLIS);
  readonly #acknowledger: Acknowledger;
  readonly #recovery: Recovery;
  readonly #silence: Silence;
  readonly #leaseSeconds: number;
  readonly #timers: readonly NodeJS.Timeout[];
  /** Opened and closed together. */
  #streams: readonly PullStream[] = [];
  /** Number of the present streams: rises whenever they change. */
  #round = 0;
  #paused = false;

  private constructor(
    private readonly options: SubscriberOptions,
    private readonly connection: Connection,
    exactlyOnce: boolean,
  ) {
    const { path, settings, notice } = options;
    const limits = { messages: settings.outstandingMessages, bytes: settings.outstandingBytes };
    this.#buffer = new LeasedBuffer({ limits, leaseMillis: LONGEST_LEASE_MILLIS, clock: Date.now });
    this.#leaseSeconds = exactlyOnce
      ? Math.max(settings.leaseSeconds, EXACTLY_ONCE_LEASE_SECONDS)
      : settings.leaseSeconds;
    this.#acknowledger = new Acknowledger({ connection, settled: (ackIds) => this.#release(ackIds) });
    const probe = async () => void (await connection.describe());
    this.#recovery = new Recovery({ path, notice, probe, reopen: () => this.#openStreams() });
    this.#silence = new Silence({
      quietMillis: settings.quietSeconds * 1000,
      idle: () => this.#isIdle(),
      ask: probe,
      reopen: () => {
        this.#closeStreams();
        this.#openStreams();
      },
    });
    this.#timers = [
      // Three chances before a lease runs out.
      setInterval(() => this.#extend(), (this.#leaseSeconds * 1000) / 3),
      setInterval(() => this.#streams.forEach((stream) => stream.write({})), KEEP_ALIVE_MILLIS),
    ];
    for (const timer of this.#timers) timer.unref();
    this.#openStreams();
  }

  static async start(options: SubscriberOptions): Promise<Subscriber> {
    const connection = await options.open();
    try {
      return new Subscriber(options, connection, (await connection.describe()).exactlyOnce);
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  get failedAcknowledgements(): number {
    return this.#acknowledger.failed;
  }

  /** What waits to be taken. */
  get waiting(): { readonly messages: number; readonly bytes: number; readonly full: boolean } {
    return { messages: this.#buffer.size, bytes: this.#buffer.bytes, full: this.#buffer.full };
  }

  /** @throws ConfigurationError when the subscription is gone for good */
  throwIfHopeless(): ConfigurationError | void {
    this.#recovery.throwIfHopeless();
  }

  take(limits: PullLimits): readonly Delivered[] {
    const taken = this.#buffer.take(limits);
    this.#resumeIfRoom();
    return taken;
  }

  /** Messages that are frozen: resolves before the broker knows. */
  acknowledge(messages: readonly Delivered[]): void {
    this.#acknowledger.send(messages.filter((message) => message.round === this.#round).map(({ ackId }) => ackId));
  }

  /** Whether there is nothing more to come (silence.ts). */
  isQuiet(): Promise<boolean> {
    return this.#silence.isConfirmed();
  }

  async stop(): Promise<void> {
    this.#recovery.stop();
    for (const timer of this.#timers) clearInterval(timer);
    this.#closeStreams();
    await this.#acknowledger.settle(STOP_MILLIS);
    await this.#inRequests(this.#leases.clear(), (ackIds) => this.connection.changeDeadline(ackIds, 0));
    await this.connection.close();
  }

  #openStreams(): void {
    const { outstandingMessages, outstandingBytes, streams } = this.options.settings;
    // The broker counts for each stream.
    const request = {
      streamAckDeadlineSeconds: this.#leaseSeconds,
      maxOutstandingMessages: Math.ceil(outstandingMessages / streams),
      maxOutstandingBytes: Math.ceil(outstandingBytes / streams),
    };
    const round = (this.#round += 1);
    this.#streams = Array.from({ length: streams }, () => this.connection.openStream(request));
    this.#paused = false;
    this.#silence.break();
    const broken = (error: unknown) => {
      if (this.#round !== round) return;
      this.#closeStreams();
      this.#leases.clear();
      this.#acknowledger.abandon();
      this.#silence.break();
      this.#recovery.begin(error);
    };
    for (const stream of this.#streams) {
      stream.on('data', ({ receivedMessages }) => {
        if (this.#round === round) this.#arrived(receivedMessages, round);
      });
      stream.on('error', broken);
      stream.on('end', () => broken(null));
    }
  }

  #closeStreams(): void {
    this.#round += 1;
    const streams = this.#streams;
    this.#streams = [];
    for (const stream of streams) stream.cancel();
  }

  #arrived(received: readonly ReceivedMessage[], round: number): void {
    const now = Date.now();
    const refused: string[] = [];
    for (const { ackId, message } of received) {
      const delivered = { ackId, content: message, length: message.data.length, received: now, round };
      if (this.#buffer.offer(delivered)) this.#leases.add(ackId, now);
      else refused.push(ackId);
    }
    this.#silence.break();
    if (refused.length > 0) void this.#inRequests(refused, (ackIds) => this.connection.changeDeadline(ackIds, 0));
    if (!this.#paused && !this.#hasRoom()) {
      this.#paused = true;
      for (const stream of this.#streams) stream.pause();
    }
    this.options.arrived();
  }

  #release(ackIds: readonly string[]): void {
    this.#leases.release(ackIds);
    this.#resumeIfRoom();
  }

  #resumeIfRoom(): void {
    if (!this.#paused || !this.#hasRoom()) return;
    this.#paused = false;
    for (const stream of this.#streams) stream.resume();
  }

  #hasRoom(): boolean {
    return !this.#buffer.full && this.#leases.size < this.options.settings.outstandingMessages;
  }

  #extend(): void {
    const ackIds = this.#leases.toExtend(Date.now());
    void this.#inRequests(ackIds, (some) => this.connection.changeDeadline(some, this.#leaseSeconds));
  }

  /** Failures are left alone: the lease runs out, the message comes again. */
  async #inRequests(ackIds: readonly string[], request: (ackIds: readonly string[]) => Promise<void>): Promise<void> {
    const requests: Promise<void>[] = [];
    for (let at = 0; at < ackIds.length; at += IDS_PER_REQUEST) {
      requests.push(request(ackIds.slice(at, at + IDS_PER_REQUEST)));
    }
    await Promise.allSettled(requests);
  }

  #isIdle(): boolean {
    return this.#streams.length > 0 && this.#buffer.size === 0 && this.#leases.size === 0 && !this.#recovery.running;
  }
}

/** How long a message may wait for its batch; a run that takes longer has stopped working. */
const LONGEST_LEASE_MILLIS = 600_000;
/** What Pub/Sub advises at least where delivery is exactly-once. */
const EXACTLY_ONCE_LEASE_SECONDS = 60;
/** The broker closes a stream on which nothing is said for long. */
const KEEP_ALIVE_MILLIS = 30_000;
const STOP_MILLIS = 10_000;
