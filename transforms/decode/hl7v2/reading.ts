import { VITAL_NAMES, type VitalName } from '../../../schema/vitals.js';
import type { Findings } from '../../findings.js';
import type { Consciousness } from '../../reading.js';
import { isUsable } from '../../usable.js';
import type { DecodedReading } from '../decoded-reading.js';
import type { DecodeContext } from '../dialect.js';
import { readId, readLabel } from '../identifiers.js';
import { readBoolean, readNumber, readSequence } from '../numbers.js';
import { readOxygen } from '../oxygen.js';
import { identityOf, readEventTime, readPatient, readSentTime } from '../record-key.js';
import { knownUnits, readVital, type VitalLabels } from '../vital-labels.js';
import type { WireRecord } from '../wire-record.js';
import { chooseValues, statusOf } from './choice.js';
import type { Delimiters } from './delimiters.js';
import type { Header, ObservationGroup } from './message.js';
import { toWireRecord } from './wire-record.js';

/**
 * Reads the observations of one patient, device and time into a reading: exactly one item, by the rules that every flat
 * record meets (decode's readFlat).
 * @returns null when the item was refused: NO_PATIENT, ID, CONTROL, DATE, NO_TZ, TYPE (status), NO_VITALS, NO_READING
 */
export function readGroup(
  group: ObservationGroup,
  header: Header,
  delimiters: Delimiters,
  context: DecodeContext,
  item: number,
  findings: Findings,
): DecodedReading | null {
  const { message, options } = context;
  const patient = readPatient(group.patient, null, findings);
  if (patient === null) return null;
  if (group.observations.length === 0) return refused(findings, null, 'NO_VITALS', 'no vital sign');
  const time = readEventTime(group.time, options, false, message, findings);
  if (Number.isNaN(time)) return null;
  const device = readId(group.device, 'device_id', findings);
  if (device.problem !== null) return refused(findings, 'device_id', device.problem.reason, device.problem.detail);
  const status = statusOf(group.observations);
  if (status === null) return refused(findings, 'status', 'TYPE', 'no status of HL7 table 0085');
  const chosen = chooseValues(group.observations, status, delimiters, findings);
  const labels: VitalLabels = {};
  const record = toWireRecord(chosen, labels, delimiters, findings);
  const keys = [...new Set(group.observations.map(({ key }) => key))].sort();

  const reading: DecodedReading = {
    batch: message.batch,
    offset: message.offset,
    item,
    source_message_id: message.message_id,
    publish_time: message.publish_time,
    receive_time: message.receive_time,
    patient_id: patient,
    device_id: device.id,
    ward: readLabel(group.ward, 'ward', findings),
    bed: readLabel(group.bed, 'bed', findings),
    event_time: time,
    sequence: readSequence(header.sequence, true, findings),
    status,
    ...readVitals(record, labels, findings),
    supplemental_oxygen: readOxygen(record, true, findings),
    consciousness: record.consciousness as Consciousness | null,
    spo2_scale: readScale(record.spo2_scale, findings),
    sent_time: readSentTime(header.sent, options.timezone, findings),
    identity: identityOf(time, null, keys, device.id),
    units: knownUnits(labels),
    lead_off: readBoolean(record.lead_off, 'lead_off', true, findings) === true,
    probe_off: readBoolean(record.probe_off, 'probe_off', true, findings) === true,
    // Last: it holds what every line above has found.
    flags: findings.flags,
  };
  if (isUsable(reading)) return reading;
  const reported = VITAL_NAMES.some((vital) => chosen.has(vital));
  return reported
    ? refused(findings, null, 'NO_READING', 'no vital sign could be read')
    : refused(findings, null, 'NO_VITALS', 'no vital sign');
}

function refused(
  findings: Findings,
  field: string | null,
  reason: Parameters<Findings['refuseItem']>[1],
  detail: string,
): null {
  findings.refuseItem(field, reason, detail);
  return null;
}

type Vitals = Pick<DecodedReading, VitalName>;

function readVitals(record: WireRecord, labels: VitalLabels, findings: Findings): Vitals {
  const read = (vital: VitalName): number | null => readVital(vital, record[vital], labels, true, findings);
  return {
    heart_rate: read('heart_rate'),
    respiratory_rate: read('respiratory_rate'),
    spo2: read('spo2'),
    systolic_bp: read('systolic_bp'),
    diastolic_bp: read('diastolic_bp'),
    mean_bp: read('mean_bp'),
    temperature: read('temperature'),
    glucose: read('glucose'),
  };
}

function readScale(value: unknown, findings: Findings): 1 | 2 | null {
  const scale = readNumber(value, 'spo2_scale', true, findings);
  return scale === null || scale === 1 || scale === 2 ? scale : findings.refuse('spo2_scale', 'TYPE', 'not 1 or 2');
}
