import { CARRIAGE_RETURN, END_BLOCK, START_BLOCK } from './framing.js';

/** What a stream of bytes holds. */
export interface Piece {
  /**
   * `frame`: the content of a block. `unfinished`: a block that another one interrupted. `outside`: what stood between
   * blocks; never only line ends and blanks, which some senders put there.
   */
  readonly kind: 'frame' | 'unfinished' | 'outside';
  readonly content: Buffer;
  /** Bytes that there were; more than `content` has where the limit has cut it. */
  readonly size: number;
}

/** Bytes kept of what stands between two blocks: enough to see what it was. */
const OUTSIDE_LIMIT = 64 << 10;

const FRAME_END = Buffer.from([END_BLOCK]);
const BLANKS: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d, 0x20]);
const HEADERS = ['MSH', 'FHS', 'BHS'];

/**
 * Takes the blocks out of a stream, however its bytes are cut into chunks. Every byte is looked at once; of a block no
 * more than `limit` bytes are held, of what stands outside 64 KB.
 *
 * A block ends with FS CR, or with an FS that the next VT follows at once (there are senders that leave the CR out). A VT
 * inside a block begins another one where a header follows it (MSH, FHS, BHS): the sender has begun again.
 */
export class FrameReader {
  #parts: Buffer[] = [];
  #held = 0;
  #size = 0;
  #inside = false;
  /** The byte before this chunk was an FS: the next one says whether it ends the block. */
  #mayEnd = false;

  constructor(private readonly limit: number) {}

  /** Whether a block has begun and not ended. */
  get isInside(): boolean {
    return this.#inside;
  }

  /** Bytes that are held of what has not ended. */
  get held(): number {
    return this.#held;
  }

  /** What this chunk completes, in order. */
  push(chunk: Buffer): Piece[] {
    const pieces: Piece[] = [];
    let at = 0;
    while (at < chunk.length)
      at = this.#inside ? this.#readInside(chunk, at, pieces) : this.#readOutside(chunk, at, pieces);
    return pieces;
  }

  /** The connection has ended: what stood outside blocks is complete, a block that is open is not, and never will be. */
  end(): Piece[] {
    const pieces: Piece[] = [];
    if (!this.#inside) this.#finishOutside(pieces);
    return pieces;
  }

  #readOutside(chunk: Buffer, from: number, pieces: Piece[]): number {
    const start = chunk.indexOf(START_BLOCK, from);
    this.#take(chunk.subarray(from, start === -1 ? chunk.length : start));
    if (start === -1) return chunk.length;
    this.#finishOutside(pieces);
    this.#inside = true;
    return start + 1;
  }

  #readInside(chunk: Buffer, from: number, pieces: Piece[]): number {
    if (this.#mayEnd) {
      this.#mayEnd = false;
      const next = chunk[from];
      if (next === CARRIAGE_RETURN || next === START_BLOCK) {
        this.#finishFrame(pieces);
        this.#inside = next === START_BLOCK;
        return from + 1;
      }
      this.#take(FRAME_END);
    }
    const end = chunk.indexOf(END_BLOCK, from);
    this.#take(chunk.subarray(from, end === -1 ? chunk.length : end));
    if (end === -1) return chunk.length;
    this.#mayEnd = true;
    return end + 1;
  }

  #take(part: Buffer): void {
    this.#size += part.length;
    const limit = this.#inside ? this.limit : Math.min(this.limit, OUTSIDE_LIMIT);
    const kept = part.subarray(0, Math.max(0, limit - this.#held));
    if (kept.length === 0) return;
    this.#parts.push(kept);
    this.#held += kept.length;
  }

  #finishFrame(pieces: Piece[]): void {
    const { content, size } = this.#finish();
    const again = lastStart(content);
    if (again > 0) pieces.push({ kind: 'unfinished', content: content.subarray(0, again), size: again });
    pieces.push({ kind: 'frame', content: content.subarray(again + 1), size: size - (again + 1) });
  }

  #finishOutside(pieces: Piece[]): void {
    const piece = this.#finish();
    if (piece.content.some((byte) => !BLANKS.has(byte))) pieces.push({ kind: 'outside', ...piece });
  }

  #finish(): { content: Buffer; size: number } {
    // A copy: what is kept must not hold on to the whole chunk that it came with.
    const piece = { content: Buffer.concat(this.#parts), size: this.#size };
    this.#parts = [];
    this.#held = this.#size = 0;
    return piece;
  }
}

/** Where the last block begins that another one interrupts: the place of its VT; -1 when there is none. */
function lastStart(content: Buffer): number {
  for (
    let at = content.lastIndexOf(START_BLOCK);
    at >= 0;
    at = at === 0 ? -1 : content.lastIndexOf(START_BLOCK, at - 1)
  ) {
    if (HEADERS.includes(content.toString('latin1', at + 1, at + 4))) return at;
  }
  return -1;
}
