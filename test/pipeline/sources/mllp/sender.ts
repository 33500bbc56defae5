import { connect, type Socket } from 'node:net';
import { FrameReader } from '../../../../brokers/mllp/frame-reader.js';
import { frameOf } from '../../../../brokers/mllp/framing.js';

/** A real sender over TCP: sends bytes as they are, and keeps the answers in order. */
export class Sender {
  readonly answers: string[] = [];
  readonly #reader = new FrameReader(1 << 20);
  readonly #waiting = new Set<() => void>();
  closed = false;

  constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      for (const { content } of this.#reader.push(chunk)) this.answers.push(content.toString('latin1'));
      this.#wake();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.closed = true;
      this.#wake();
    });
  }

  static async to(port: number): Promise<Sender> {
    const socket = connect({ host: '127.0.0.1', port });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return new Sender(socket);
  }

  send(...messages: readonly (string | Uint8Array)[]): void {
    for (const message of messages) this.socket.write(frameOf(Buffer.from(message as string, 'utf8')));
  }

  raw(bytes: string | Uint8Array): void {
    this.socket.write(bytes);
  }

  /** Resolves once so many answers have come; fails when the connection ends before. */
  async answered(count: number): Promise<readonly string[]> {
    await this.#until(() => this.answers.length >= count || this.closed);
    if (this.answers.length < count) throw new Error(`closed after ${this.answers.length} of ${count} answers`);
    return this.answers;
  }

  async end(): Promise<void> {
    this.socket.end();
    await this.ended();
  }

  ended(): Promise<void> {
    return this.#until(() => this.closed);
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

/** The code and the control id that an answer names: `AA M-1`. */
export function codeOf(answer: string): string {
  const [, code = '', id = ''] = (answer.split('\r').find((line) => line.startsWith('MSA')) ?? '').split('|');
  return `${code} ${id}`;
}
