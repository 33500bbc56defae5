import { LARGEST_MESSAGE } from '../../transforms/decode/payload-text.js';
import type { BoundaryScanner } from './message-cutter.js';

/** JSON by its name: `.json`, `.json.gz`. Such a file may hold one document, an array of them, or one a line. */
export function isJsonName(file: string): boolean {
  return /\.json(?:\.gz)?$/i.test(file);
}

type Layout = 'lines' | 'document' | 'array';

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** A byte order mark, as Latin-1 shows it. */
const BOM = '\u00ef\u00bb\u00bf';
const ARRAY_START = /^(?:\u00ef\u00bb\u00bf)?\s*\[/;
const START = /^(?:\u00ef\u00bb\u00bf)?\s*/;
/** Behind one of these a document goes on in the next line, however that begins. */
const GOES_ON = /[{[,:]\s*$/;

/**
 * Messages of a `.json` file: the whole file where it is one document laid out over several lines (as FHIR resources come), the
 * elements where it is an array, else its lines. Its beginning decides, of which no more than a line is held.
 */
export class JsonScanner implements BoundaryScanner {
  #layout: Layout | null = null;
  #isDocument = false;
  #isArray = false;
  #isFirst = true;
  /** What was read before the layout was known. */
  #head: Buffer = Buffer.alloc(0);
  #at = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;

  scan(chunk: Buffer): readonly number[] {
    if (this.#layout !== null) return this.#read(chunk);
    this.#head = Buffer.concat([this.#head, chunk]);
    this.#layout = layoutOf(this.#head, false);
    return this.#layout === null ? [] : this.#readHead(this.#layout);
  }

  finish(): readonly number[] {
    if (this.#layout !== null) return [];
    this.#layout = layoutOf(this.#head, true) ?? 'lines';
    return this.#readHead(this.#layout);
  }

  messageOf(region: Buffer, isLast: boolean): Buffer | null {
    if (this.#isDocument) return isBlank(region) ? null : region;
    const isElement = this.#isArray && (isLast ? this.#depth > 0 : region.at(-1) !== LF);
    if (isElement) return this.#elementOf(region, isLast);
    // Behind an array a line end is no line.
    if ((isLast || this.#isArray) && isBlank(region)) return null;
    return withoutLineEnd(region);
  }

  /** A region of an array: perhaps the bracket that opens it, the element, and the comma or bracket behind it. */
  #elementOf(region: Buffer, isLast: boolean): Buffer | null {
    const text = region.toString('latin1');
    const start = this.#isFirst ? (ARRAY_START.exec(text)?.[0].length ?? 0) : 0;
    this.#isFirst = false;
    const inner = text.slice(start, isLast ? text.length : -1);
    const from = start + inner.length - inner.trimStart().length;
    const to = from + inner.trim().length;
    // `[1,,2]` holds an empty element, `[]` and `[1,]` do not.
    return from === to && (isLast || text.endsWith(']')) ? null : region.subarray(from, to);
  }

  #readHead(layout: Layout): readonly number[] {
    this.#isDocument = layout === 'document';
    this.#isArray = layout === 'array';
    const head = this.#head;
    this.#head = Buffer.alloc(0);
    return this.#read(head);
  }

  #read(chunk: Buffer): readonly number[] {
    const boundaries: number[] = [];
    if (this.#isDocument) return boundaries;
    for (let i = 0; i < chunk.length; i += 1) {
      if (this.#isBoundary(chunk[i] as number)) boundaries.push(this.#at + i + 1);
    }
    this.#at += chunk.length;
    return boundaries;
  }

  #isBoundary(byte: number): boolean {
    return this.#layout === 'lines' ? byte === LF : this.#endsElement(byte);
  }

  /** An element ends with a comma of the array itself, or with the array; behind that come lines. */
  #endsElement(byte: number): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) this.#inString = false;
      return false;
    }
    if (byte === QUOTE) this.#inString = true;
    else if (OPENING.has(byte)) this.#depth += 1;
    else if (CLOSING.has(byte)) {
      this.#depth -= 1;
      if (this.#depth > 0) return false;
      this.#layout = 'lines';
      return true;
    }
    return byte === COMMA && this.#depth === 1;
  }
}

/** How a file is laid out, by what it begins with; null while more has to be seen. */
function layoutOf(head: Buffer, atEnd: boolean): Layout | null {
  const text = head.toString('latin1').replace(START, '');
  if (text === '' || BOM.startsWith(text)) return null;
  if (text.startsWith('[')) return 'array';
  if (!text.startsWith('{')) return 'lines';
  const end = text.indexOf('\n');
  // A line that is refused for its size, whatever follows it.
  if (end === -1 && head.length > LARGEST_MESSAGE) return 'lines';
  const second = end === -1 ? '' : text.charAt(end + 1);
  if (second === '' && !atEnd) return null;
  const first = end === -1 ? text : text.slice(0, end);
  if (isWhole(first)) return 'lines';
  return second === '{' && !GOES_ON.test(first) ? 'lines' : 'document';
}

function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isBlank(region: Buffer): boolean {
  return region.every((byte) => byte === LF || byte === CR || byte === 0x20 || byte === 0x09);
}

function withoutLineEnd(region: Buffer): Buffer {
  if (region.at(-1) !== LF) return region.at(-1) === CR ? region.subarray(0, -1) : region;
  return region.subarray(0, region.at(-2) === CR ? -2 : -1);
}
