import { LARGEST_MESSAGE, type PayloadText } from '../payload-text.js';

/** Nothing longer is an MSH segment. */
const LONGEST_HEADER = 4096;
const MSH_18 = 17;
const START_BLOCK = 0x0b;

/**
 * The text of an HL7 v2 payload whose first MSH-18 declares 8859/1 (Latin-1): the one character set beside UTF-8 that
 * monitors commonly send, and one in which no byte is invalid. Null for every other payload, which is then read as UTF-8.
 *
 * Cost: three byte comparisons for a payload that is not HL7.
 */
export function readDeclaredLatin1(bytes: Buffer): PayloadText | null {
  const start = bytes[0] === START_BLOCK ? 1 : 0;
  if (bytes[start] !== 0x4d || bytes[start + 1] !== 0x53 || bytes[start + 2] !== 0x48) return null;
  if (bytes.length > LARGEST_MESSAGE || bytes.includes(0)) return null;
  const [header = ''] = bytes.toString('latin1', start, start + LONGEST_HEADER).split(/[\r\n]/, 1);
  const declared = header.split(header.charAt(3))[MSH_18] ?? '';
  // Of several character sets (repetitions) the first is the one that fields are in.
  const [set] = declared.split(header.charAt(5) || '~');
  return set?.trim() === '8859/1' ? { text: bytes.toString('latin1'), bom: false, reason: null, detail: '' } : null;
}
