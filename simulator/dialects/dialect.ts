import type { Patient } from '../patients.js';
import type { MonitorReading } from '../vital-signs.js';
import { erIdentity, erMessage } from './er.js';
import { fhirIdentity, fhirMessage } from './fhir.js';
import { hl7Identity, hl7Message } from './hl7v2.js';
import { jsonIdentity, jsonMessage } from './json.js';
import { wearableIdentity, wearableMessage } from './wearable.js';

/** Names as in the attribute `dialect` (docs/message-format.md); the first is the default. */
export const DIALECT_NAMES = ['json', 'fhir', 'hl7v2', 'er', 'wearable'] as const;
export type DialectName = (typeof DIALECT_NAMES)[number];

/** How a monitor writes its readings. */
export interface WireDialect {
  readonly name: DialectName;
  /** The part of a message that is the same in all of a patient's readings in one bed. */
  readonly identity: (patient: Patient) => string;
  /**
   * One reading as a message: characters below 0x80, no line feed.
   * @param id of the message
   * @param identity of this dialect
   * @param time event time, epoch ms
   */
  readonly message: (id: string, identity: string, time: number, reading: MonitorReading) => string;
}

/** Every dialect that the simulator writes. */
export const WIRE_DIALECTS: Readonly<Record<DialectName, WireDialect>> = {
  json: { name: 'json', identity: jsonIdentity, message: jsonMessage },
  fhir: { name: 'fhir', identity: fhirIdentity, message: fhirMessage },
  hl7v2: { name: 'hl7v2', identity: hl7Identity, message: hl7Message },
  er: { name: 'er', identity: erIdentity, message: erMessage },
  wearable: { name: 'wearable', identity: wearableIdentity, message: wearableMessage },
};
