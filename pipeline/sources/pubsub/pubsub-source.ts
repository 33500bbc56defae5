import { setImmediate as turn } from 'node:timers/promises';
import { explainPubSubError } from '../../../brokers/pubsub/errors.js';
import type { Pulled, PullLimits, Source } from '../source.js';
import { WakeUp } from '../wake-up.js';
import { GrpcConnection } from './grpc-connection.js';
import { readPubSubSource, type PubSubSettings } from './pubsub-settings.js';
import { sourceMessage } from './pubsub-message.js';
import { Subscriber, type Delivered, type OpenConnection } from './subscriber.js';

export interface PubSubSourceOptions {
  /** Told what an operator should know: the broker is gone, the broker is back. */
  readonly notice: (text: string) => void;
}

/**
 * A subscription of Pub/Sub, read by streaming pull.
 *
 * Delivery: at least once; with exactly-once delivery on the subscription an acknowledged message does not come again.
 * Acknowledged is what the engine has frozen, and nothing else: a crash before that brings the messages back when their
 * lease has run out, an orderly end at once. What comes twice is suppressed behind bronze.
 *
 * Back-pressure, leases and recovery: subscriber.ts. The broker keeps the position: bronze records nothing of it.
 *
 * Drained (`--once`) is a subscription that has delivered nothing for `quiet-seconds` while the broker answered.
 */
export class PubSubSource implements Source {
  readonly url: string;
  #subscriber: Subscriber | null = null;
  #lastBatch = -Infinity;
  readonly #fullBatch = new WakeUp();
  #enough: PullLimits;

  /** @param open makes a connection; a test passes its own */
  constructor(
    private readonly path: string,
    private readonly settings: PubSubSettings,
    private readonly open: OpenConnection,
    private readonly options: PubSubSourceOptions,
  ) {
    this.url = `pubsub:${path}`;
    this.#enough = { messages: settings.outstandingMessages, bytes: settings.outstandingBytes };
  }

  /**
   * @param url `pubsub:projects/P/subscriptions/S`, with settings (pubsub-settings.ts)
   * @throws ConfigurationError when the broker, the subscription or the credentials are not there
   */
  static async open(url: string, options: PubSubSourceOptions): Promise<PubSubSource> {
    const { resource, settings } = readPubSubSource(url);
    const open = () => GrpcConnection.open(resource);
    try {
      const connection = await open();
      await connection.describe().finally(() => connection.close());
    } catch (error) {
      throw explainPubSubError('--source', resource.path, error);
    }
    return new PubSubSource(resource.path, settings, open, options);
  }

  /** Acknowledgements that did not get through: so many messages may come again. */
  get failedAcknowledgements(): number {
    return this.#subscriber?.failedAcknowledgements ?? 0;
  }

  /** Begins to listen, also after a close. The broker knows where it stands: there is nothing to take up. */
  async resume(): Promise<void> {
    await this.close();
    this.#subscriber = await Subscriber.start({
      path: this.path,
      settings: this.settings,
      open: this.open,
      notice: this.options.notice,
      arrived: () => {
        if (this.#hasEnough()) this.#fullBatch.ring();
      },
    });
  }

  async pull(limits: PullLimits): Promise<Pulled> {
    const subscriber = this.#listening();
    subscriber.throwIfHopeless();
    this.#enough = limits;
    const messages: readonly Delivered[] = this.#isBatch() ? subscriber.take(limits) : [];
    if (messages.length > 0) this.#lastBatch = performance.now();
    // Who asks again and again must not keep the stream from being read.
    else await turn();
    const empty = subscriber.waiting.messages === 0;
    return {
      messages: messages.map((message) => sourceMessage(message.content)),
      positions: {},
      drained: empty && (messages.length > 0 || (await subscriber.isQuiet())),
      acknowledge: async () => subscriber.acknowledge(messages),
    };
  }

  /** Resolves early only when a whole batch waits: one message is no reason to begin a batch before its time. */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (!this.#hasEnough()) await this.#fullBatch.wait(milliseconds, signal);
  }

  /** Gives back what was not frozen, so that it is delivered again at once, and ends the connection. */
  async close(): Promise<void> {
    const subscriber = this.#subscriber;
    this.#subscriber = null;
    await subscriber?.stop();
  }

  /** Few messages wait for more: a batch costs the same for one as for a thousand. */
  #isBatch(): boolean {
    return this.#hasEnough() || performance.now() - this.#lastBatch >= GATHER_MILLIS;
  }

  #hasEnough(): boolean {
    const { messages, bytes, full } = this.#listening().waiting;
    return full || messages >= this.#enough.messages || bytes >= this.#enough.bytes;
  }

  #listening(): Subscriber {
    if (this.#subscriber === null) throw new Error('pubsub source: pulled before resume');
    return this.#subscriber;
  }
}

/** Milliseconds between two batches that are not full: half of what a live run leaves between them anyway. */
const GATHER_MILLIS = 500;
