import type { JsonObject } from '../../../transforms/decode/parse-json.js';
import type { Message } from '../../../transforms/reading.js';
import { messageOf } from './messages.js';

export const TIME = '2026-11-21T07:20:50.123Z';

/** A concept of one code. */
export function concept(code: string, system = 'http://loinc.org'): JsonObject {
  return { coding: [{ system, code }] };
}

/** A quantity with a UCUM code. */
export function quantity(value: unknown, code: string): JsonObject {
  return { value, system: 'http://unitsofmeasure.org', code };
}

/** A sound Observation of a heart rate with members replaced; undefined leaves one out. */
export function observation(change: JsonObject = {}): JsonObject {
  return {
    resourceType: 'Observation',
    id: 'hr-1',
    status: 'final',
    code: concept('8867-4'),
    subject: { reference: 'Patient/P1' },
    device: { reference: 'Device/MON-1' },
    effectiveDateTime: TIME,
    valueQuantity: quantity(78, '/min'),
    ...change,
  };
}

/** Another vital of the same patient, device and time. */
export function vital(id: string, loinc: string, value: unknown, unit: string, change: JsonObject = {}): JsonObject {
  return observation({ id, code: concept(loinc), valueQuantity: quantity(value, unit), ...change });
}

export function bundle(...resources: readonly JsonObject[]): JsonObject {
  return { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) };
}

export function fhir(resource: unknown, overrides: Partial<Message> = {}): Message {
  return messageOf(JSON.stringify(resource), overrides);
}
