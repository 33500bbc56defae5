import { register, type PCollection } from '../beam/index.js';
import { apply, parDo, type Block, type Transform } from './block.js';
import { resource } from './resources.js';
import { ageAt } from './age.js';
import type { PatientDirectory } from './patients.js';
import type { EnrichedReading, IdentifiedReading } from './reading.js';

/**
 * Adds what the patient's record says at the time of the reading: age, pregnancy, and ward, bed and NEWS2 scale where
 * the message does not name them (a message that does wins).
 *
 * Stands after deduplicate, so that repeats cost no look-up, and before score, which needs age and scale. The content
 * hash was taken before: a change of the record does not make another version of a reading.
 *
 * In: an identified reading. Out: the same with age in whole years at event_time; everything unknown stays null, and
 * the reading goes on. Only the stay that covers event_time counts. Rejects nothing. Delivery: pure; the same
 * directory gives the same rows.
 */
export function enrich(reading: IdentifiedReading, patients: PatientDirectory): EnrichedReading {
  const patient = patients.find(reading.patient_id, reading.event_time);
  return {
    reading_id: reading.reading_id,
    content_hash: reading.content_hash,
    patient_id: reading.patient_id,
    device_id: reading.device_id,
    ward: reading.ward ?? (patient === null ? null : patient.ward),
    bed: reading.bed ?? (patient === null ? null : patient.bed),
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
    spo2_scale: reading.spo2_scale ?? scaleOf(patient === null ? null : patient.spo2_scale),
    flags: reading.flags,
    identity: reading.identity,
    batch: reading.batch,
    offset: reading.offset,
    item: reading.item,
    source_message_id: reading.source_message_id,
    publish_time: reading.publish_time,
    receive_time: reading.receive_time,
    age: patient === null ? null : ageAt(patient, reading.event_time),
    pregnant: patient === null ? null : patient.pregnant,
  };
}

function scaleOf(scale: number | null): 1 | 2 | null {
  return scale === 1 || scale === 2 ? scale : null;
}

/** Enriches the readings of a block; the patient directory is a resource. */
export class EnrichReadings {
  constructor(readonly patients: string) {}

  *process(block: Block<IdentifiedReading>): Generator<Block<EnrichedReading>> {
    const patients = resource<PatientDirectory>(this.patients);
    yield block.map((reading) => enrich(reading, patients));
  }
}

/** {@link enrich} over blocks. @param patients name of the patient directory's resource */
export function enrichBlocks(
  patients: string,
): Transform<Block<IdentifiedReading>, PCollection<Block<EnrichedReading>>> {
  return (input) => apply(input, 'Rows', parDo(new EnrichReadings(patients)));
}

register('transforms/enrich', { EnrichReadings });
