import { scanHl7PatientId } from './hl7v2/patient-of.js';
import { isPlainId } from './identifiers.js';
import { endOfString, findMember } from './member-scan.js';
import { asBuffer } from './payload-text.js';

const NAME = '"patient_id"';

/**
 * The patient's id on the wire, read without decoding: by it a source can deal messages out to workers, so that each
 * patient meets in one place. Only when a glance is certain: a flat object without backslashes whose one `patient_id` is a
 * plain string (`A-Z a-z 0-9 . _ -`). Null otherwise: then the message has to be decoded to know. For every message that
 * decode turns into a reading it is null or that reading's `patient_id`.
 *
 * Cost: see {@link findMember}.
 */
export function scanPatientId(payload: Uint8Array): string | null {
  const text = asBuffer(payload).toString('latin1');
  const at = findMember(text, NAME);
  const end = at < 0 ? -1 : endOfString(text, at);
  if (end === -1) return null;
  const id = text.substring(at + 1, end);
  return isPlainId(id) ? id : null;
}

/**
 * The patient that all readings of a message belong to, in whatever dialect a glance can read: for dealing messages out.
 * Unlike {@link scanPatientId} it says nothing about how many items the message has: one of HL7 v2 may have several.
 */
export function scanOwner(payload: Uint8Array): string | null {
  const first = payload[0];
  const hl7 = first === 0x4d || first === 0x0b;
  return hl7 ? scanHl7PatientId(asBuffer(payload).toString('latin1')) : scanPatientId(payload);
}
