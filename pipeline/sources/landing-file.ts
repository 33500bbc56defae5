import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ConfigurationError } from '../../schema/errors.js';
import { Hl7Scanner, isHl7Name } from './hl7-scanner.js';
import { isJsonName, JsonScanner } from './json-scanner.js';
import { splitLines } from './line-splitter.js';
import { MessageCutter, type Cut } from './message-cutter.js';
import type { SourceMessage } from './source.js';

/** What the folder source reads; anything else in the folder is left alone. */
export function isLandingFile(name: string): boolean {
  return !name.startsWith('.') && /\.(ndjson|jsonl|csv|json|hl7)(\.gz)?$/i.test(name);
}

const READ_BYTES = 1 << 20;
/**
 * A line beyond this is cut into several messages: each is refused for its size, none of its bytes is lost. No broker takes a
 * message as large (Pub/Sub: 10 MB), so that what came through one is one message in a file too.
 */
const MAX_LINE_BYTES = 16 << 20;

/** One open file of a landing folder, read message by message (a line, where the format has no other) with bounded memory. */
export class LandingFile {
  /** Bytes of the uncompressed content that were handed out as messages (or were the header). */
  offset: number;
  done = false;
  #buffer: Buffer = Buffer.alloc(0);
  /** Lines of the buffer that were found and not handed out yet: start and end of each, from place `#next` on. */
  #bounds: readonly number[] = [];
  #next = 0;
  /** Where the buffer's unfinished line starts. */
  #rest = 0;
  #ended = false;
  /** Cuts a file whose messages are no lines; what it has cut and was not handed out. */
  readonly #cutter: MessageCutter | null;
  #cuts: Cut[] = [];
  readonly #dialect: string | null;
  #attributes: string | null = null;
  readonly #chunks: AsyncIterator<Buffer>;

  private constructor(
    readonly name: string,
    private readonly stream: Readable,
  ) {
    this.offset = 0;
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    this.#cutter = cutterOf(name);
    this.#dialect = /\.csv(\.gz)?$/i.test(name) ? 'csv' : isHl7Name(name) ? 'hl7v2' : null;
  }

  /** Opens a file after the first `offset` bytes of its content. */
  static async open(path: string, name: string, offset: number): Promise<LandingFile> {
    const raw = createReadStream(path, { highWaterMark: READ_BYTES });
    const stream = /\.gz$/i.test(name) ? raw.pipe(createGunzip({ chunkSize: READ_BYTES })) : raw;
    raw.on('error', (error) => stream.destroy(error));
    const file = new LandingFile(name, stream);
    if (file.#dialect === 'csv') await file.#readHeader();
    await file.#skipTo(Math.max(offset, file.offset));
    return file;
  }

  /** The next lines, at most so many and so many bytes (but at least one line while there is one). */
  async read(messages: number, bytes: number): Promise<SourceMessage[]> {
    const lines: SourceMessage[] = [];
    let taken = 0;
    while (lines.length < messages && taken < bytes) {
      const line = this.#take() ?? ((await this.#refill()) ? this.#take() : undefined);
      if (line === undefined) {
        this.done = true;
        break;
      }
      taken += line.length;
      lines.push({
        payload: line,
        attributes: this.#attributes,
        dialect: this.#dialect,
        message_id: null,
        publish_time: null,
      });
    }
    return lines;
  }

  async close(): Promise<void> {
    this.stream.destroy();
  }

  async #readHeader(): Promise<void> {
    const header = (await this.#refill()) ? this.#take() : undefined;
    const text = header === undefined ? '' : header.toString('utf8').replace(/^\uFEFF/, '');
    this.#attributes = JSON.stringify({ dialect: 'csv', header: text });
  }

  async #skipTo(offset: number): Promise<void> {
    while (this.offset < offset) {
      if (this.#take() === undefined && !(await this.#refill())) return;
    }
  }

  /** The next message that is in memory, without its end. */
  #take(): Buffer | undefined {
    if (this.#cutter !== null) {
      const cut = this.#cuts.shift();
      this.offset += cut?.bytes ?? 0;
      return cut?.payload;
    }
    const start = this.#bounds[this.#next];
    const end = this.#bounds[this.#next + 1];
    if (start === undefined || end === undefined) return undefined;
    this.#next += 2;
    this.offset += (this.#bounds[this.#next] ?? this.#rest) - start;
    return this.#buffer.subarray(start, end);
  }

  /** Reads on until at least one more message is whole; false at the end of the file. */
  async #refill(): Promise<boolean> {
    if (this.#cutter !== null) return this.#refillCuts(this.#cutter);
    let unfinished = this.#buffer.subarray(this.#rest);
    while (!this.#ended) {
      const chunk = await this.#chunks.next().catch((cause: Error) => this.#unreadable(cause));
      this.#ended = chunk.done === true;
      if (!this.#ended) unfinished = unfinished.length === 0 ? chunk.value : Buffer.concat([unfinished, chunk.value]);
      const { bounds, rest } = splitLines(unfinished, this.#ended);
      const endless = bounds.length === 0 && unfinished.length >= MAX_LINE_BYTES;
      this.#buffer = unfinished;
      this.#bounds = endless ? [0, unfinished.length] : bounds;
      this.#rest = endless ? unfinished.length : rest;
      this.#next = 0;
      if (this.#bounds.length > 0) return true;
    }
    return false;
  }

  async #refillCuts(cutter: MessageCutter): Promise<boolean> {
    while (!this.#ended && this.#cuts.length === 0) {
      const chunk = await this.#chunks.next().catch((cause: Error) => this.#unreadable(cause));
      this.#ended = chunk.done === true;
      this.#cuts = this.#ended ? cutter.end() : cutter.push(chunk.value);
    }
    return this.#cuts.length > 0;
  }

  #unreadable(cause: Error): never {
    throw new ConfigurationError(
      '--source',
      `${this.name} cannot be read to its end (${cause.message})`,
      'Put a whole file in its place, or take it away; what was read before stays.',
    );
  }
}

function cutterOf(name: string): MessageCutter | null {
  if (isHl7Name(name)) return new MessageCutter(new Hl7Scanner(), MAX_LINE_BYTES, 'parts');
  return isJsonName(name) ? new MessageCutter(new JsonScanner(), MAX_LINE_BYTES, 'parts') : null;
}
