/** Finds where messages end in a stream of bytes. It is shown every byte once, in order. */
export interface BoundaryScanner {
  /**
   * The places at which a message ends and the next begins, counted from the start of the stream, in order. A place may lie
   * a few bytes before this chunk, where only what follows could tell.
   */
  scan(chunk: Buffer): readonly number[];
  /** The same at the end of the stream: what was left open for want of more bytes. */
  finish(): readonly number[];
  /**
   * The message of a region between two boundaries, without what only separates; null when there is nothing else.
   * @param isLast the stream ends here, not with a boundary
   */
  messageOf(region: Buffer, isLast: boolean): Buffer | null;
}

/** A message that was cut out. */
export interface Cut {
  readonly payload: Buffer;
  /** Bytes of the stream from the end of the message before it to its own end. */
  readonly bytes: number;
}

/** What becomes of a message that is longer than may be held: all of it, as several messages, or its first part alone. */
export type Overflow = 'parts' | 'first part';

/**
 * Cuts a stream of chunks into messages with bounded memory. Of a longer message than `longest` bytes the first `longest + 1`
 * come through (enough to refuse it), or all of it in parts, each of them a message that nobody can read.
 */
export class MessageCutter {
  #held: Buffer = Buffer.alloc(0);
  /** Place in the stream where the held message begins, and where the stream has been read to. */
  #start = 0;
  #end = 0;
  /** Bytes of the held message that were let go. */
  #dropped = false;
  /** Bytes that were separators only: they count with the next message. */
  #skipped = 0;

  constructor(
    private readonly scanner: BoundaryScanner,
    private readonly longest: number,
    private readonly overflow: Overflow,
  ) {}

  /** The messages that this chunk completes. */
  push(chunk: Buffer): Cut[] {
    const from = this.#end;
    this.#end += chunk.length;
    const cuts = this.#cutAt(this.scanner.scan(chunk), chunk, from);
    this.#hold(chunk.subarray(Math.max(0, this.#start - from)), cuts);
    return cuts;
  }

  /** The rest. */
  end(): Cut[] {
    const cuts = this.#cutAt(this.scanner.finish(), Buffer.alloc(0), this.#end);
    this.#emit(this.#held, this.#end, true, cuts);
    return cuts;
  }

  #cutAt(boundaries: readonly number[], chunk: Buffer, from: number): Cut[] {
    const cuts: Cut[] = [];
    for (const boundary of boundaries) {
      // Of a message that was handed out in parts the end may have gone out already.
      if (boundary <= this.#start) continue;
      const own = chunk.subarray(Math.max(0, this.#start - from), Math.max(0, boundary - from));
      const region = this.#dropped ? this.#held : Buffer.concat([this.#held, own]).subarray(0, boundary - this.#start);
      const behind = this.#start + this.#held.length > boundary ? this.#held.subarray(boundary - this.#start) : NOTHING;
      this.#emit(region, boundary, false, cuts);
      this.#held = this.#dropped ? NOTHING : behind;
      this.#dropped = false;
    }
    return cuts;
  }

  #emit(region: Buffer, to: number, isLast: boolean, cuts: Cut[]): void {
    const payload = this.scanner.messageOf(region, isLast);
    const bytes = this.#skipped + to - this.#start;
    this.#start = to;
    this.#skipped = payload === null ? bytes : 0;
    if (payload !== null) cuts.push({ payload: payload.subarray(0, this.longest + 1), bytes });
  }

  #hold(rest: Buffer, cuts: Cut[]): void {
    if (this.#dropped) return;
    this.#held = this.#held.length === 0 ? rest : Buffer.concat([this.#held, rest]);
    if (this.#held.length <= this.longest) return;
    if (this.overflow === 'first part') {
      this.#held = Buffer.from(this.#held.subarray(0, this.longest + 1));
      this.#dropped = true;
    } else {
      const bytes = this.#skipped + this.#held.length;
      cuts.push({ payload: this.#held, bytes });
      this.#skipped = 0;
      this.#start += this.#held.length;
      this.#held = NOTHING;
    }
  }
}

const NOTHING: Buffer = Buffer.alloc(0);
