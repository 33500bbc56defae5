import { isPlainId } from '../identifiers.js';

/** A message header at the start of a line: more than one, and a payload holds several messages. */
const HEADER = /(?:^|[\r\n])\u000b?MSH[^A-Za-z0-9\s]/g;
const PID = /[\r\n]PID[^\r\n]*/g;

const PATIENT = 3;
const CONTROL_ID = 9;
/** MSH-2 as everybody sends it: with other delimiters the message is left to decode. */
const USUAL = /^\u000b?MSH\|\^~\\&#?\|/;

/**
 * The patient of an HL7 v2 payload, read without decoding: PID-3.1 when the payload is one message with the usual
 * delimiters, one PID and a plain id. Null otherwise: then the message has to be decoded to know. For every payload that
 * decode turns into readings it is null or the `patient_id` of all of them.
 *
 * @param text the payload, as Latin-1 or UTF-8
 */
export function scanHl7PatientId(text: string): string | null {
  if (!isSingleMessage(text)) return null;
  const segments = text.match(PID);
  if (segments?.length !== 1) return null;
  return plainValue((segments[0] ?? '').split('|')[PATIENT]);
}

/** MSH-10, the sender's own id of the message; null when the payload is none or several messages, or the id is not plain. */
export function scanHl7ControlId(text: string): string | null {
  if (!isSingleMessage(text)) return null;
  const [header = ''] = text.split(/[\r\n]/, 1);
  return plainValue(header.split('|')[CONTROL_ID]);
}

function isSingleMessage(text: string): boolean {
  return USUAL.test(text) && text.match(HEADER)?.length === 1;
}

/** The first component of the first repetition, if it needs no unescaping. */
function plainValue(field: string | undefined): string | null {
  const [value = ''] = (field ?? '').split(/[~^&]/, 1);
  const id = value.trim();
  return isPlainId(id) ? id : null;
}
