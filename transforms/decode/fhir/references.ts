import type { JsonObject } from '../parse-json.js';
import { asObject, textOf } from './members.js';

/** `Patient/17`, also behind a server's address; a version is no part of the id. */
const PATIENT = /^(?:https?:\/\/.*\/)?Patient\/(.+?)(?:\/_history\/[^/]*)?$/s;
const DEVICE = /^(?:https?:\/\/.*\/)?Device(?:Metric)?\/(.+?)(?:\/_history\/[^/]*)?$/s;
const URN = /^urn:(?:uuid|oid):(.+)$/s;

/**
 * The patient of an Observation: the id part of `subject.reference`. A `urn:` stands for the Patient of the same Bundle, or
 * for itself where that has no id. Null when the subject is no patient, or a contained one, whose id holds in its own
 * resource alone: two patients would look alike. A reference that is no text is returned as it is, to be refused.
 *
 * @param patients ids of the Bundle's Patients by their full URL
 */
export function patientOf(observation: JsonObject, patients: ReadonlyMap<string, string>): unknown {
  const reference = asObject(observation.subject)?.reference;
  if (typeof reference !== 'string') return reference ?? null;
  return patients.get(reference) ?? PATIENT.exec(reference)?.[1] ?? URN.exec(reference)?.[1] ?? null;
}

/** The device of an Observation: the id part of its reference, else its identifier; null when it names none. */
export function deviceOf(observation: JsonObject): unknown {
  const device = asObject(observation.device);
  const reference = device?.reference;
  if (reference !== undefined && reference !== null && typeof reference !== 'string') return reference;
  const id = typeof reference === 'string' ? (DEVICE.exec(reference)?.[1] ?? URN.exec(reference)?.[1]) : undefined;
  return id ?? textOf(asObject(device?.identifier)?.value);
}
