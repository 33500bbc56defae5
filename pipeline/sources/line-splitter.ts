const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Where the lines of a buffer lie. */
export interface LineBounds {
  /** Start and end (exclusive, without the line end) of each line in turn. */
  readonly bounds: readonly number[];
  /** Where the unfinished last line starts; the buffer's length when there is none. */
  readonly rest: number;
}

/**
 * Finds the lines of a buffer without copying a byte. A line ends with LF or CRLF; a blank line is a line, but what stands
 * behind the last line end is one only at the end of the input, and only if it is not empty.
 *
 * @param atEnd nothing follows this buffer
 */
export function splitLines(buffer: Uint8Array, atEnd: boolean): LineBounds {
  const bounds: number[] = [];
  let start = 0;
  for (let end = buffer.indexOf(NEWLINE); end !== -1; end = buffer.indexOf(NEWLINE, start)) {
    bounds.push(start, withoutCarriageReturn(buffer, start, end));
    start = end + 1;
  }
  if (atEnd && start < buffer.length) {
    bounds.push(start, withoutCarriageReturn(buffer, start, buffer.length));
    start = buffer.length;
  }
  return { bounds, rest: start };
}

function withoutCarriageReturn(buffer: Uint8Array, start: number, end: number): number {
  return end > start && buffer[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
}

/**
 * Cuts a stream of chunks into lines, holding no more than one chunk and one line. Of a line that is longer than `longest`
 * bytes only the first `longest + 1` are handed out: enough for decode to refuse it (SIZE), however long it is.
 */
export class LineSplitter {
  /** The unfinished line so far: at most `longest + 2` bytes, the last of which may be a CR that is no part of it. */
  private carried: Buffer = Buffer.alloc(0);

  constructor(private readonly longest: number) {}

  /** The lines that this chunk completes. They are views of the chunk: it must not be written to again. */
  push(chunk: Buffer): Buffer[] {
    const first = chunk.indexOf(NEWLINE);
    if (first === -1) {
      this.carry(chunk);
      return [];
    }
    const lines: Buffer[] = [];
    let from = 0;
    if (this.carried.length > 0) {
      this.carry(chunk.subarray(0, first));
      lines.push(this.take());
      from = first + 1;
    }
    const rest = chunk.subarray(from);
    const { bounds, rest: unfinished } = splitLines(rest, false);
    for (let at = 0; at < bounds.length; at += 2) lines.push(this.shortened(rest, bounds[at], bounds[at + 1]));
    this.carry(rest.subarray(unfinished));
    return lines;
  }

  /** The last line, if the stream did not end with a line end. */
  end(): Buffer[] {
    return this.carried.length === 0 ? [] : [this.take()];
  }

  private carry(part: Buffer): void {
    const room = this.longest + 2 - this.carried.length;
    if (room <= 0 || part.length === 0) return;
    this.carried = Buffer.concat([this.carried, part.subarray(0, room)]);
  }

  private take(): Buffer {
    const line = this.carried;
    this.carried = Buffer.alloc(0);
    return this.shortened(line, 0, withoutCarriageReturn(line, 0, line.length));
  }

  private shortened(buffer: Buffer, start = 0, end = start): Buffer {
    return buffer.subarray(start, Math.min(end, start + this.longest + 1));
  }
}
