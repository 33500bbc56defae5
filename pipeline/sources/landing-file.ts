import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { SourceMessage } from './source.js';

/** What the folder source reads; anything else in the folder is left alone. */
export function isLandingFile(name: string): boolean {
  return !name.startsWith('.') && /\.(ndjson|jsonl|csv)(\.gz)?$/.test(name);
}

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const READ_BYTES = 1 << 20;
/** A line beyond this is cut into several messages: each is refused for its size, none of its bytes is lost. */
const MAX_LINE_BYTES = 8 << 20;

/** One open file of a landing folder, read line by line with bounded memory. */
export class LandingFile {
  /** Bytes of the uncompressed content that were handed out as messages (or were the header). */
  offset: number;
  done = false;
  #buffer: Buffer = Buffer.alloc(0);
  #ended = false;
  #attributes: string | null = null;
  readonly #chunks: AsyncIterator<Buffer>;

  private constructor(
    readonly name: string,
    private readonly stream: Readable,
  ) {
    this.offset = 0;
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** Opens a file after the first `offset` bytes of its content. */
  static async open(path: string, name: string, offset: number): Promise<LandingFile> {
    const raw = createReadStream(path, { highWaterMark: READ_BYTES });
    const stream = name.endsWith('.gz') ? raw.pipe(createGunzip({ chunkSize: READ_BYTES })) : raw;
    raw.on('error', (error) => stream.destroy(error));
    const file = new LandingFile(name, stream);
    if (/\.csv(\.gz)?$/.test(name)) await file.#readHeader();
    await file.#skipTo(Math.max(offset, file.offset));
    return file;
  }

  /** The next lines, at most so many and so many bytes (but at least one line while there is one). */
  async read(messages: number, bytes: number): Promise<SourceMessage[]> {
    const lines: SourceMessage[] = [];
    let taken = 0;
    while (lines.length < messages && taken < bytes) {
      const line = await this.#line();
      if (line === undefined) {
        this.done = true;
        break;
      }
      taken += line.length;
      lines.push({
        payload: line,
        attributes: this.#attributes,
        dialect: this.#attributes === null ? null : 'csv',
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
    const header = await this.#line();
    const text = header === undefined ? '' : header.toString('utf8').replace(/^\uFEFF/, '');
    this.#attributes = JSON.stringify({ dialect: 'csv', header: text });
  }

  async #skipTo(offset: number): Promise<void> {
    while (this.offset < offset) {
      if (this.#buffer.length === 0 && !(await this.#fill())) return;
      const step = Math.min(this.#buffer.length, offset - this.offset);
      this.#buffer = this.#buffer.subarray(step);
      this.offset += step;
    }
  }

  /** The next line without its end; undefined at the end of the file. */
  async #line(): Promise<Buffer | undefined> {
    let searched = 0;
    for (;;) {
      const newline = this.#buffer.indexOf(NEWLINE, searched);
      if (newline >= 0) return this.#take(newline, newline + 1);
      searched = this.#buffer.length;
      if (searched >= MAX_LINE_BYTES) return this.#take(searched, searched);
      if (this.#ended || !(await this.#fill())) return searched > 0 ? this.#take(searched, searched) : undefined;
    }
  }

  #take(end: number, next: number): Buffer {
    const stripped = end > 0 && next > end && this.#buffer[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    const line = this.#buffer.subarray(0, stripped);
    this.#buffer = this.#buffer.subarray(next);
    this.offset += next;
    return line;
  }

  async #fill(): Promise<boolean> {
    const chunk = await this.#chunks.next();
    if (chunk.done) {
      this.#ended = true;
      return false;
    }
    this.#buffer = this.#buffer.length === 0 ? chunk.value : Buffer.concat([this.#buffer, chunk.value]);
    return true;
  }
}
