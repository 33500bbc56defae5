/** The characters that divide an HL7 v2 message, as its own MSH-1 and MSH-2 name them. */
export interface Delimiters {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subcomponent: string;
}

/** MSH-2: component, repetition, escape, subcomponent; from version 2.7 on the truncation character too. */
const ENCODING_CHARACTERS = 4;
const WITH_TRUNCATION = 5;

/** What may divide a message: printable ASCII that is no letter, digit, blank or quote. */
const DELIMITER = /^[!#-/:-@[-`{-~]+$/;

/**
 * Reads the delimiters of an MSH segment.
 * @returns null when MSH-1 and MSH-2 are not five (or six) different punctuation characters: then nothing can be divided
 */
export function readDelimiters(header: string): Delimiters | null {
  const field = header.charAt(3);
  const end = header.indexOf(field, 4);
  const encoding = header.slice(4, end === -1 ? header.length : end);
  const [component, repetition, escape, subcomponent] = encoding;
  if (encoding.length !== ENCODING_CHARACTERS && encoding.length !== WITH_TRUNCATION) return null;
  if (component === undefined || repetition === undefined || escape === undefined || subcomponent === undefined) {
    return null;
  }
  const all = field + encoding;
  if (!DELIMITER.test(all) || new Set(all).size !== all.length) return null;
  return { field, component, repetition, escape, subcomponent };
}
