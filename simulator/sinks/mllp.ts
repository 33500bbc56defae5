import { connect, type Socket } from 'node:net';
import { mllpUrl, parseMllpUrl, type MllpAddress } from '../../brokers/mllp/address.js';
import { FrameReader } from '../../brokers/mllp/frame-reader.js';
import { frameOf } from '../../brokers/mllp/framing.js';
import { ConfigurationError } from '../../schema/errors.js';
import { keyedLines } from './keyed-lines.js';
import type { MessageDialects, ReadingSink } from './reading-sink.js';

/** How a sender waits. */
export interface MllpPatience {
  /** Pauses between attempts to connect: the first, and the longest that doubling leads to. */
  readonly pauseMillis: readonly [first: number, longest: number];
  /** How long a listener that is away is waited for, and one that does not answer. */
  readonly giveUpMillis: number;
  /** The same when it is opened: then a wrong address is the likelier reason. */
  readonly openMillis: number;
  readonly answerMillis: number;
}

const PATIENCE: MllpPatience = {
  pauseMillis: [100, 5_000],
  giveUpMillis: 300_000,
  openMillis: 30_000,
  answerMillis: 60_000,
};
/** Messages that are sent before the first answer: the simulator is as many senders in one. */
const WINDOW = 1_000;
/** An answer has a few hundred bytes. */
const LONGEST_ANSWER = 64 << 10;

/**
 * An MLLP listener: HL7 v2 messages over one connection, at most {@link WINDOW} of them unanswered.
 *
 * Delivery: at least once, in order. What is not answered when a connection breaks, and what is answered with an error (AE, CE:
 * not stored), is sent again; `endFile` resolves when all is answered. A message that is rejected (AR, CR) has been recorded:
 * it is not sent again.
 *
 * @throws ConfigurationError when nobody listens there, and from `write` for a message of another dialect
 */
export async function openMllpSender(url: string, patience: MllpPatience = PATIENCE): Promise<ReadingSink> {
  const sender = new MllpSender(parseMllpUrl('--sink', url), patience);
  await sender.connect(patience.openMillis);
  return sender;
}

class MllpSender implements ReadingSink {
  readonly ended = false;
  readonly files = 0;
  /** Unanswered messages, the oldest first; the first `#sent` are on their way. */
  #queue: Buffer[] = [];
  #sent = 0;
  #socket: Socket | null = null;
  #failure: Error | null = null;
  #changed: () => void = () => {};

  constructor(
    private readonly address: MllpAddress,
    private readonly patience: MllpPatience,
  ) {}

  async write(bytes: Uint8Array, _arrivalFrom: number, dialects?: MessageDialects): Promise<void> {
    for (const { payload, dialect } of keyedLines(bytes, dialects)) {
      if (dialect !== 'hl7v2') {
        throw new ConfigurationError('--sink', `MLLP carries HL7 v2, not ${dialect}`, 'Add --dialect hl7v2.');
      }
      this.#queue.push(frameOf(payload));
      this.#send();
      await this.#until(() => this.#queue.length < WINDOW);
    }
  }

  async endFile(): Promise<void> {
    await this.#until(() => this.#queue.length === 0);
  }

  async close(): Promise<void> {
    try {
      await this.endFile();
    } finally {
      this.#socket?.destroy();
      this.#socket = null;
    }
  }

  /** Connects, and takes up with the oldest message that is not answered. */
  async connect(giveUpMillis: number): Promise<void> {
    const deadline = performance.now() + giveUpMillis;
    const [first, longest] = this.patience.pauseMillis;
    let pause = first;
    for (;;) {
      const socket = await opened(this.address).catch((error: NodeJS.ErrnoException) => error);
      if ('setNoDelay' in socket) return this.#use(socket);
      if (performance.now() >= deadline) throw unusable(this.address, socket.code ?? socket.message);
      await new Promise((resolve) => setTimeout(resolve, pause));
      pause = Math.min(longest, pause * 2);
    }
  }

  #use(socket: Socket): void {
    const reader = new FrameReader(LONGEST_ANSWER);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      for (const { kind, content } of reader.push(chunk)) if (kind === 'frame') this.#answered(socket, content);
    });
    socket.on('timeout', () => this.#queue.length > 0 && socket.destroy());
    socket.on('error', () => undefined);
    socket.on('close', () => this.#lost(socket));
    socket.setTimeout(this.patience.answerMillis);
    this.#socket = socket;
    this.#sent = 0;
    this.#send();
  }

  #send(): void {
    const { destroyed, closed } = this.#socket ?? { destroyed: true, closed: true };
    if (destroyed || closed) return;
    for (; this.#sent < this.#queue.length; this.#sent += 1) this.#socket?.write(this.#queue[this.#sent] as Buffer);
  }

  /** Answers come in the order of the messages. */
  #answered(socket: Socket, answer: Buffer): void {
    if (socket !== this.#socket || this.#sent === 0) return;
    if (codeOf(answer).endsWith('E')) return void socket.destroy();
    this.#queue.shift();
    this.#sent -= 1;
    this.#changed();
  }

  #lost(socket: Socket): void {
    if (socket !== this.#socket) return;
    const [pause] = this.patience.pauseMillis;
    // A listener that answers AE is about to stop: at once it would only do so again.
    const again = new Promise((resolve) => setTimeout(resolve, pause)).then(() =>
      this.connect(this.patience.giveUpMillis),
    );
    again.catch((error: Error) => {
      this.#failure = error;
      this.#changed();
    });
  }

  async #until(condition: () => boolean): Promise<void> {
    while (this.#failure === null && !condition()) await new Promise<void>((resolve) => (this.#changed = resolve));
    if (this.#failure !== null) throw this.#failure;
  }
}

/** MSA-1; empty when the answer has none. */
function codeOf(answer: Buffer): string {
  const text = answer.toString('latin1');
  const segment = text.split('\r').find((line) => line.startsWith('MSA'));
  return segment?.split(segment.charAt(3))[1] ?? '';
}

function opened({ host, port }: MllpAddress): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

function unusable(address: MllpAddress, reason: string): ConfigurationError {
  const remedy = 'Start a listener first: vitals run --source mllp://HOST:PORT.';
  return new ConfigurationError('--sink', `nobody listens on ${mllpUrl(address)} (${reason})`, remedy);
}
