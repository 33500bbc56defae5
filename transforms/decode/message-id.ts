import { scanHl7ControlId } from './hl7v2/patient-of.js';
import { isPlainId } from './identifiers.js';
import { endOfString, findMember, NO_MEMBER, UNCERTAIN } from './member-scan.js';
import { asBuffer, LARGEST_MESSAGE } from './payload-text.js';
import { hasLoneSurrogate } from './strict-json.js';

/** Longest message id that is kept; with a longer one the message is known by its attribute or its hash instead. */
export const LONGEST_MESSAGE_ID = 256;

const NAME = '"message_id"';

/** ASCII: what Latin-1 and UTF-8 read alike. */
const ASCII = /^[\u0000-\u007f]*$/;

/**
 * The payload's own `message_id`, for the bronze row: the root member of a JSON object, a non-empty string or a whole
 * number up to 2^53; null when there is none, or the payload is no JSON object. Exact for every well-formed payload: only
 * a flat object without backslashes and with one such member is scanned, any other is parsed.
 *
 * Cost: see {@link findMember}, plus a parse for what is not flat.
 *
 * @param text the payload read as UTF-8, if the caller has it already
 */
export function scanMessageId(payload: Uint8Array, text?: string): string | null {
  const bytes = asBuffer(payload);
  const scanned = text ?? bytes.toString('latin1');
  const at = findMember(scanned, NAME);
  if (at === NO_MEMBER) return null;
  const end = at === UNCERTAIN ? -1 : endOfString(scanned, at);
  if (end <= at + 1 || end - at > LONGEST_MESSAGE_ID) return parsedId(bytes, text);
  const id = scanned.substring(at + 1, end);
  return text !== undefined || isPlainId(id) || ASCII.test(id) ? id : bytes.toString('utf8', at + 1, end);
}

/**
 * The id that an HL7 v2 message was given by its sender (MSH-10), for a message of which neither payload nor broker has a
 * better one: senders may begin again at 1. Null for every other payload.
 */
export function scanControlId(payload: Uint8Array): string | null {
  const first = payload[0];
  return first === 0x4d || first === 0x0b ? scanHl7ControlId(asBuffer(payload).toString('latin1')) : null;
}

/** A byte order mark (as Latin-1 shows it) and blanks, then a brace: CSV and HL7 are not worth a parse that must fail. */
const OBJECT_START = /^(?:\u00ef\u00bb\u00bf)?\s*(?:\{|$)/;
const LONGEST_PREAMBLE = 64;

function parsedId(payload: Buffer, text: string | undefined): string | null {
  if (payload.length > LARGEST_MESSAGE || !OBJECT_START.test(payload.toString('latin1', 0, LONGEST_PREAMBLE)))
    return null;
  let root: unknown;
  try {
    root = JSON.parse(text ?? payload.toString('utf8', hasBom(payload) ? 3 : 0));
  } catch {
    return null;
  }
  if (typeof root !== 'object' || root === null || !Object.hasOwn(root, 'message_id')) return null;
  const id = (root as { message_id: unknown }).message_id;
  if (typeof id === 'number') return Number.isSafeInteger(id) ? String(id) : null;
  return typeof id === 'string' && id !== '' && id.length <= LONGEST_MESSAGE_ID && !hasLoneSurrogate(id) ? id : null;
}

function hasBom(payload: Buffer): boolean {
  return payload[0] === 0xef && payload[1] === 0xbb && payload[2] === 0xbf;
}
