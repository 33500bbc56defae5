import { mllpUrl } from '../../../brokers/mllp/address.js';
import { frameOf } from '../../../brokers/mllp/framing.js';
import type { Piece } from '../../../brokers/mllp/frame-reader.js';
import { refusePayload } from '../../../transforms/decode/hl7v2/index.js';
import { sleep } from '../../sleep.js';
import { WakeUp } from '../wake-up.js';
import type { Pulled, PullLimits, Source, SourceMessage } from '../source.js';
import { answersTo, faultOf, type AnswerStamp, type Fault, type Verdict } from './acknowledgement.js';
import type { MllpConnection } from './connection.js';
import { Incidents } from './incidents.js';
import { MllpListener } from './listener.js';
import { ReceivedBuffer, type Received } from './received-buffer.js';
import { DEFAULT_MLLP_LIMITS, type MllpLimits, type MllpSettings } from './settings.js';

export interface MllpSourceOptions {
  readonly clock: () => number;
  /** A line for whoever watches: where it listens, what went wrong; never anything out of a message. */
  readonly notice: (line: string) => void;
  /** What the control ids of this listener's answers begin with: another one for each run. */
  readonly answerPrefix: string;
  readonly limits?: Partial<MllpLimits>;
}

/** What bytes that were no message become: a dialect that nobody reads, so that they end as dead letters (FORMAT). */
export const UNFRAMED = 'unframed';

/** Milliseconds that a batch gathers once a message has come: its sender may be waiting before it sends the next. */
const GATHER_MILLIS = 50;

const STOPPING: Fault = { code: 207, field: null, text: 'not stored: the listener stops, send again' };

/**
 * An MLLP listener: HL7 v2 messages that others send to us (docs/mllp.md).
 *
 * Delivery: a message is answered when bronze has it: AA, or AR where it is none that can be read. Before that nothing is said, so
 * whatever is lost here is sent again by whoever sent it; what comes twice is suppressed later like any repeat.
 * Memory: bounded by its limits; when they are reached nobody is read from, and TCP holds the senders back.
 */
export class MllpSource implements Source {
  readonly #limits: MllpLimits;
  readonly #incidents: Incidents;
  readonly #buffer = new ReceivedBuffer();
  readonly #arrived = new WakeUp();
  /** Taken, but not known to be in bronze. */
  readonly #taken = new Set<Received>();
  #listener: MllpListener | null = null;
  #port: number;
  #answers = 0;

  constructor(
    private readonly settings: MllpSettings,
    private readonly options: MllpSourceOptions,
  ) {
    this.#limits = { ...DEFAULT_MLLP_LIMITS, ...options.limits };
    this.#port = settings.address.port;
    this.#incidents = new Incidents((line) => options.notice(`mllp: ${line}`), options.clock);
  }

  /** With the port that it listens on, once it does. */
  get url(): string {
    return mllpUrl({ ...this.settings.address, port: this.#port });
  }

  get port(): number {
    return this.#port;
  }

  get incidents(): Pick<Incidents, 'of'> {
    return this.#incidents;
  }

  /** Begins to listen. There is nothing to take up: what was not answered is sent again. @throws ConfigurationError */
  async resume(): Promise<void> {
    const onPiece = (connection: MllpConnection, piece: Piece) => this.#receive(connection, piece);
    const { listener, port } = await MllpListener.open(this.settings, this.#limits, this.#incidents, onPiece);
    this.#listener = listener;
    this.#port = port;
    this.options.notice(`mllp: listening on ${this.url}${this.settings.tls === null ? '' : ' (TLS)'}`);
  }

  async pull(limits: PullLimits): Promise<Pulled> {
    // Who asks again and again must not keep the sockets from being read.
    if (this.#buffer.messages === 0) await new Promise((resolve) => setImmediate(resolve));
    const taken = this.#buffer.take(limits);
    for (const received of taken) this.#taken.add(received);
    this.#throttle();
    return {
      messages: taken.map(({ message }) => message),
      positions: {},
      drained: this.#buffer.messages === 0,
      acknowledge: async () => this.#acknowledge(taken),
    };
  }

  /** Resolves soon after a message has come, so that nobody waits for an answer longer than bronze takes. */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.#buffer.messages === 0) await this.#arrived.wait(milliseconds, signal);
    if (this.#buffer.messages > 0 && !this.#isFull()) await sleep(Math.min(milliseconds, GATHER_MILLIS), signal);
  }

  /** Tells all who wait that their messages were not stored (AE), and ends. */
  async close(): Promise<void> {
    const listener = this.#listener;
    this.#listener = null;
    if (listener === null) return;
    const lost = [...this.#taken, ...this.#buffer.take({ messages: Infinity, bytes: Infinity })];
    this.#taken.clear();
    for (const received of lost) this.#answer(received, 'E', STOPPING);
    await listener.close();
    this.#incidents.end();
  }

  #receive(connection: MllpConnection, piece: Piece): void {
    if (piece.kind !== 'frame') this.#incidents.count(piece.kind);
    if (this.#listener === null) return;
    const framed = piece.kind === 'frame';
    this.#buffer.add({ message: messageOf(piece), connection: framed ? connection : null });
    if (framed) connection.owe();
    this.#throttle();
    this.#arrived.ring();
  }

  #acknowledge(taken: readonly Received[]): void {
    for (const received of taken) {
      // Answered already, as not stored, if the listener has closed meanwhile.
      if (!this.#taken.delete(received)) continue;
      const refusal = refusePayload(received.message.payload);
      this.#answer(received, refusal === null ? 'A' : 'R', refusal === null ? null : faultOf(refusal));
    }
  }

  #answer({ message, connection }: Received, verdict: Verdict, fault: Fault | null): void {
    if (connection === null) return;
    connection.answer(answersTo(message.payload as Buffer, verdict, fault, () => this.#stamp()).map(frameOf));
  }

  #stamp(): AnswerStamp {
    this.#answers += 1;
    return { controlId: `${this.options.answerPrefix}${this.#answers}`, time: this.options.clock() };
  }

  #throttle(): void {
    this.#listener?.pause(this.#isFull());
  }

  #isFull(): boolean {
    return this.#buffer.messages >= this.#limits.bufferedMessages || this.#buffer.bytes >= this.#limits.bufferedBytes;
  }
}

/** A message as bronze will have it: the content of its block, and how long it was where it was cut. */
function messageOf({ kind, content, size }: Piece): SourceMessage {
  const attributes = size > content.length ? JSON.stringify({ mllp_bytes: String(size) }) : null;
  const dialect = kind === 'frame' ? 'hl7v2' : UNFRAMED;
  return { payload: content, attributes, dialect, message_id: null, publish_time: null };
}
