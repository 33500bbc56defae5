import type { Socket } from 'node:net';
import { FrameReader, type Piece } from '../../../brokers/mllp/frame-reader.js';
import type { Incident } from './incidents.js';
import type { MllpLimits } from './settings.js';

/** What a connection tells its listener. */
export interface ConnectionEvents {
  piece(connection: MllpConnection, piece: Piece): void;
  incident(incident: Incident): void;
  /** So many more bytes of unfinished messages are held now; false when they are too many. */
  holds(bytes: number): boolean;
  closed(connection: MllpConnection): void;
}

/** One sender: takes messages out of its bytes, and writes answers in the order in which the messages came. */
export class MllpConnection {
  readonly #reader: FrameReader;
  #held = 0;
  #unanswered = 0;
  #paused = false;
  #ended = false;

  constructor(
    private readonly socket: Socket,
    private readonly limits: MllpLimits,
    private readonly events: ConnectionEvents,
  ) {
    this.#reader = new FrameReader(limits.messageBytes);
    socket.setNoDelay(true);
    socket.setTimeout(limits.idleMillis);
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('drain', () => this.#flow());
    socket.on('timeout', () => this.#silence());
    // Every failure also closes the connection.
    socket.on('error', () => events.incident('failed'));
    // A sender that has said its last may still read: its answers come before the end.
    socket.on('end', () => this.#end());
    socket.on('close', () => this.#close());
  }

  /** Stops reading while the listener has no room, and goes on when it has. */
  pause(paused: boolean): void {
    this.#paused = paused;
    this.#flow();
    this.#watch();
  }

  /** A message is to be answered. */
  owe(): void {
    this.#unanswered += 1;
    this.#flow();
  }

  /** Writes the answers of the next message; none to a sender that wants none or is gone. */
  answer(frames: readonly Buffer[]): void {
    this.#unanswered -= 1;
    if (this.socket.writable) for (const frame of frames) this.socket.write(frame);
    this.#flow();
    this.#watch();
    if (this.#ended && this.#unanswered === 0) this.socket.end();
  }

  /** Sends what is written, and ends; what still comes is read and let go, so that no reset overtakes an answer. */
  end(): void {
    this.#ended = true;
    this.#paused = false;
    this.socket.end();
    this.socket.resume();
  }

  #read(chunk: Buffer): void {
    for (const piece of this.#reader.push(chunk)) this.events.piece(this, piece);
    const more = this.#reader.held - this.#held;
    this.#held = this.#reader.held;
    this.#watch();
    if (this.events.holds(more)) return this.#flow();
    this.events.incident('overflow');
    this.socket.destroy();
  }

  /** Reads only while the listener has room and this sender takes its answers. */
  #flow(): void {
    const wait = this.#paused || this.#unanswered >= this.limits.unanswered || this.socket.writableNeedDrain;
    if (wait) this.socket.pause();
    else if (this.socket.isPaused()) this.socket.resume();
  }

  /** From now on so much silence is too much. */
  #watch(): void {
    this.socket.setTimeout(this.#reader.isInside ? this.limits.stalledMillis : this.limits.idleMillis);
  }

  /** Silence of a sender that is not read from, or waits for us, is none. */
  #silence(): void {
    if (this.#paused || this.#unanswered > 0) return;
    this.events.incident(this.#reader.isInside ? 'stalled' : 'idle');
    this.socket.destroy();
  }

  #end(): void {
    for (const piece of this.#reader.end()) this.events.piece(this, piece);
    this.#ended = true;
    if (this.#unanswered === 0) this.socket.end();
  }

  #close(): void {
    if (!this.#ended) for (const piece of this.#reader.end()) this.events.piece(this, piece);
    if (this.#reader.isInside) this.events.incident('cut');
    this.events.holds(-this.#held);
    this.#held = 0;
    this.events.closed(this);
  }
}
