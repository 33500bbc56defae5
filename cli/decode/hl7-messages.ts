import { LARGEST_MESSAGE } from '../../transforms/decode/payload-text.js';

/** Where a message begins behind another one: a line break, perhaps MLLP's start block, MSH and a separator. */
const NEXT_MESSAGE = /[\r\n](?=\u000b?MSH[^A-Za-z0-9\s])/g;
/** A message has begun; perhaps behind a byte order mark, as Latin-1 shows it. */
const HAS_MESSAGE = /(?:^|[\r\n])(?:\u00ef\u00bb\u00bf)?\u000b?\s*MSH/;
/** A match may begin in one chunk and end in the next. */
const OVERLAP = 6;

/** HL7 v2 by its name: `.hl7`, `.hl7.gz`. */
export function isHl7Name(file: string): boolean {
  return /\.hl7(?:\.gz)?$/i.test(file);
}

/**
 * Cuts a file of HL7 v2 messages at every MSH that begins a line; what stands before the first (FHS, BHS) stays with it.
 * Memory is bounded: of a message longer than 256 KB only what is needed to refuse it (SIZE) comes through.
 */
export class Hl7Splitter {
  /** As Latin-1: one character a byte, so that nothing is lost whatever the character set. */
  #rest = '';
  #searched = 0;

  /** The messages that this chunk completes. */
  push(chunk: Uint8Array): readonly Buffer[] {
    const text = this.#rest + Buffer.from(chunk).toString('latin1');
    const messages: Buffer[] = [];
    let start = 0;
    NEXT_MESSAGE.lastIndex = this.#searched;
    for (let found = NEXT_MESSAGE.exec(text); found !== null; found = NEXT_MESSAGE.exec(text)) {
      // What comes before the first MSH is no message, but its envelope.
      if (!HAS_MESSAGE.test(text.slice(start, found.index))) continue;
      messages.push(bytesOf(text.slice(start, found.index + 1)));
      start = found.index + 1;
    }
    this.#keep(text.slice(start));
    return messages;
  }

  /** The last message; none in an empty file. */
  end(): readonly Buffer[] {
    const rest = this.#rest;
    this.#rest = '';
    return rest.trim() === '' ? [] : [bytesOf(rest)];
  }

  #keep(rest: string): void {
    const tooLong = rest.length > LARGEST_MESSAGE + OVERLAP + 1;
    this.#rest = tooLong ? rest.slice(0, LARGEST_MESSAGE + 1) + rest.slice(-OVERLAP) : rest;
    this.#searched = Math.max(0, this.#rest.length - OVERLAP);
  }
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text.slice(0, LARGEST_MESSAGE + 1), 'latin1');
}
