import type { BoundaryScanner } from './message-cutter.js';

/** Where a message begins behind another one: a line break, perhaps MLLP's start block, MSH and a separator. */
const NEXT_MESSAGE = /[\r\n](?=\u000b?MSH[^A-Za-z0-9\s])/g;
/** A message at the very start; perhaps behind a byte order mark, as Latin-1 shows it. */
const FIRST_MESSAGE = /^(?:\u00ef\u00bb\u00bf)?\u000b?\s*MSH/;
/** What may be the beginning of {@link FIRST_MESSAGE}. */
const MAY_BE_FIRST = /^(?:\u00ef(?:\u00bb(?:\u00bf)?)?)?\u000b?\s*(?:M(?:SH?)?)?$/;
/** A match may begin in one chunk and end in the next. */
const OVERLAP = 5;

/** HL7 v2 by its name: `.hl7`, `.hl7.gz`. */
export function isHl7Name(file: string): boolean {
  return /\.hl7(?:\.gz)?$/i.test(file);
}

/**
 * Messages of HL7 v2 in a file: each from an MSH that begins a line to the next. What stands before the first (FHS, BHS) stays
 * with it, what closes a batch (BTS, FTS) with the last.
 */
export class Hl7Scanner implements BoundaryScanner {
  /** As Latin-1: one character a byte, whatever the character set. */
  #tail = '';
  #at = 0;
  #last = 0;
  /** The stream so far, while it may still turn out to begin with a message; null once that is known. */
  #head: string | null = '';
  /** A message has begun that is not ended. */
  #hasMessage = false;

  scan(chunk: Buffer): readonly number[] {
    const text = chunk.toString('latin1');
    this.#begin(text);
    const searched = this.#tail + text;
    const start = this.#at - this.#tail.length;
    const boundaries: number[] = [];
    for (const { index } of searched.matchAll(NEXT_MESSAGE)) {
      const boundary = start + index + 1;
      if (boundary <= this.#last) continue;
      this.#last = boundary;
      // What comes before the first MSH is no message, but its envelope.
      if (this.#hasMessage) boundaries.push(boundary);
      this.#hasMessage = true;
    }
    this.#tail = searched.slice(-OVERLAP);
    this.#at += chunk.length;
    return boundaries;
  }

  finish(): readonly number[] {
    return [];
  }

  messageOf(region: Buffer): Buffer | null {
    return region.every((byte) => BLANKS.has(byte)) ? null : region;
  }

  #begin(text: string): void {
    if (this.#head === null) return;
    this.#head += text;
    if (FIRST_MESSAGE.test(this.#head)) this.#hasMessage = true;
    if (this.#hasMessage || this.#head.length > LONGEST_BLANK || !MAY_BE_FIRST.test(this.#head)) this.#head = null;
  }
}

/** Blanks before the first message, if there are more, are no beginning of one. */
const LONGEST_BLANK = 4096;
const BLANKS: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20]);
