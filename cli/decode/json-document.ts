import { LineSplitter } from '../../pipeline/sources/line-splitter.js';
import { LARGEST_MESSAGE } from '../../transforms/decode/payload-text.js';

/** JSON by its name: `.json`, `.json.gz`. */
export function isJsonName(file: string): boolean {
  return /\.json(?:\.gz)?$/i.test(file);
}

/** What a document that is laid out for people begins with: a brace alone on its line, which no line of NDJSON is. */
const LAID_OUT = /^(?:\u00ef\u00bb\u00bf)?\s*\{[ \t]*\r?\n/;
const LONGEST_START = 64;

/**
 * Cuts a `.json` file: one message when it is a document over several lines (as FHIR resources come), else a message a
 * line. Memory is bounded: of a document longer than 256 KB only what is needed to refuse it (SIZE) comes through.
 */
export class JsonSplitter {
  readonly #lines = new LineSplitter(LARGEST_MESSAGE);
  #start: Buffer = Buffer.alloc(0);
  #isDocument: boolean | null = null;

  /** The messages that this chunk completes. */
  push(chunk: Buffer): readonly Buffer[] {
    if (this.#isDocument === false) return this.#lines.push(chunk);
    if (this.#start.length <= LARGEST_MESSAGE) this.#start = Buffer.concat([this.#start, chunk]);
    return this.#start.length < LONGEST_START ? [] : this.#decide();
  }

  /** The last message; none in an empty file. */
  end(): readonly Buffer[] {
    const messages = this.#decide();
    return this.#isDocument === true
      ? [this.#start.subarray(0, LARGEST_MESSAGE + 1)]
      : [...messages, ...this.#lines.end()];
  }

  #decide(): readonly Buffer[] {
    if (this.#isDocument !== null) return [];
    this.#isDocument = LAID_OUT.test(this.#start.toString('latin1', 0, LONGEST_START));
    return this.#isDocument ? [] : this.#lines.push(this.#start);
  }
}
