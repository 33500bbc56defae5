import { readDelimiters, type Delimiters } from '../../../transforms/decode/hl7v2/delimiters.js';

/**
 * What an answer takes from the message that it answers: the fields of its MSH as they stand, read as Latin-1, so that
 * writing them as Latin-1 gives back the sender's bytes whatever its character set.
 */
export interface MessageHeader {
  readonly delimiters: Delimiters;
  /** MSH-1 and MSH-2 as they were. */
  readonly encoding: string;
  /** `field(n)` is MSH-n; '' when absent. */
  readonly field: (n: number) => string;
}

/** Behind a byte order mark, a start block and blanks: MSH at the start of a line, perhaps inside a batch. */
const HEADER = /(?:^|[\r\n])(?:\u00ef\u00bb\u00bf)?\u000b?[ \t]*(MSH[^\r\n]*)/;
/** Nothing longer is looked at: a header has a few hundred characters, and a batch two segments before it. */
const LONGEST = 8192;
/** Longest field that is repeated in an answer; MSH-10 has 199 characters at most (HL7 v2.7). */
const LONGEST_FIELD = 256;
/** C0 controls: VT, FS and CR in an answer would end its block or its segment. */
const CONTROLS = /[\u0000-\u001f]/g;

/** The header of a message; null when none can be read. */
export function readMessageHeader(content: Buffer): MessageHeader | null {
  const line = HEADER.exec(content.toString('latin1', 0, LONGEST))?.[1];
  const delimiters = line === undefined ? null : readDelimiters(line);
  if (line === undefined || delimiters === null) return null;
  const fields = line.split(delimiters.field);
  return {
    delimiters,
    encoding: `${delimiters.field}${fields[1] ?? ''}`,
    // MSH-1 is the separator itself, so MSH-n stands one place earlier than it would elsewhere.
    field: (n) => (fields[n - 1] ?? '').slice(0, LONGEST_FIELD).replace(CONTROLS, ''),
  };
}
