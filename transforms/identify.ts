import { register, type PCollection } from '../beam/index.js';
import { apply, parDo, type Block, type Transform } from './block.js';
import { resource } from './resources.js';
import type { Pseudonymizer } from './pseudonym.js';
import type { IdentifiedReading, Reading } from './reading.js';
import { shortHash } from './short-hash.js';

export { DEVELOPMENT_PSEUDONYM_KEY, makePseudonymizer } from './pseudonym.js';

/** Between the parts of a hashed text: decode refuses control characters in any id (CONTROL). */
const SEPARATOR = '\u0000';

/**
 * Gives a reading its identity: a pseudonym for its patient, `reading_id` for what stays the same when it is sent again
 * or corrected, `content_hash` for this very version of it.
 *
 * Stands after cleanse, so that what is hashed is what silver will hold, and before everything that groups by patient.
 *
 * In: a cleansed reading with the patient's id on the wire. Out: the same with the pseudonym; nothing after this stage
 * knows the id on the wire. The content hash covers every canonical value, status and sent_time; neither provenance,
 * nor the id on the wire, nor flags: the same version has the same one, whatever dialect and message brought it, and when.
 * Rejects nothing. Delivery: pure and deterministic.
 */
export function identify(reading: Reading, pseudonym: Pseudonymizer): IdentifiedReading {
  const patientId = pseudonym(reading.patient_id);
  return {
    reading_id: shortHash(patientId + '\n' + reading.identity),
    content_hash: shortHash(contentOf(reading, patientId)),
    patient_id: patientId,
    device_id: reading.device_id,
    ward: reading.ward,
    bed: reading.bed,
    event_time: reading.event_time,
    sequence: reading.sequence,
    status: reading.status,
    sent_time: reading.sent_time,
    heart_rate: reading.heart_rate,
    respiratory_rate: reading.respiratory_rate,
    spo2: reading.spo2,
    systolic_bp: reading.systolic_bp,
    diastolic_bp: reading.diastolic_bp,
    mean_bp: reading.mean_bp,
    temperature: reading.temperature,
    glucose: reading.glucose,
    supplemental_oxygen: reading.supplemental_oxygen,
    consciousness: reading.consciousness,
    spo2_scale: reading.spo2_scale,
    flags: reading.flags,
    identity: reading.identity,
    batch: reading.batch,
    offset: reading.offset,
    item: reading.item,
    source_message_id: reading.source_message_id,
    publish_time: reading.publish_time,
    receive_time: reading.receive_time,
  };
}

/** The canonical content as one text; an absent value is empty, which no value is. */
function contentOf(r: Reading, patientId: string): string {
  return [
    patientId,
    r.device_id,
    r.ward,
    r.bed,
    r.event_time,
    r.sequence,
    r.status,
    r.sent_time,
    r.heart_rate,
    r.respiratory_rate,
    r.spo2,
    r.systolic_bp,
    r.diastolic_bp,
    r.mean_bp,
    r.temperature,
    r.glucose,
    r.supplemental_oxygen,
    r.consciousness,
    r.spo2_scale,
  ].join(SEPARATOR);
}

/** Identifies the readings of a block; the pseudonymizer is a resource, because a key must not travel with a graph. */
export class IdentifyReadings {
  constructor(readonly pseudonym: string) {}

  *process(block: Block<Reading>): Generator<Block<IdentifiedReading>> {
    const pseudonym = resource<Pseudonymizer>(this.pseudonym);
    yield block.map((reading) => identify(reading, pseudonym));
  }
}

/** {@link identify} over blocks. @param pseudonym name of the pseudonymizer's resource */
export function identifyBlocks(pseudonym: string): Transform<Block<Reading>, PCollection<Block<IdentifiedReading>>> {
  return (input) => apply(input, 'Rows', parDo(new IdentifyReadings(pseudonym)));
}

register('transforms/identify', { IdentifyReadings });
