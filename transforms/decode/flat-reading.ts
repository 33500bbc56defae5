import { VITAL_NAMES, type VitalName } from '../../schema/vitals.js';
import { Findings } from '../findings.js';
import type { Consciousness } from '../reading.js';
import { isUsable } from '../usable.js';
import { applyAliases } from './aliases.js';
import type { DecodedReading } from './decoded-reading.js';
import type { DecodeContext, DecodedItems } from './dialect.js';
import { readId, readLabel } from './identifiers.js';
import { readBoolean, readNumber, readSequence } from './numbers.js';
import { readOxygen } from './oxygen.js';
import { identityOf, isSupportedVersion, readEventTime, readPatient, readSentTime, readStatus } from './record-key.js';
import { knownUnits, readLabels, readVital, splitTemperature } from './vital-labels.js';
import type { WireRecord } from './wire-record.js';

const SORTED_VITALS: readonly VitalName[] = [...VITAL_NAMES].sort();
const NOTHING: readonly DecodedReading[] = Object.freeze([]);

/**
 * Reads one flat record (a JSON v1 object, a CSV row) into a reading: exactly one item, whatever it holds.
 *
 * What a reading is known by (version, patient, time, device, status) must be sound or the item is refused whole: VERSION,
 * NO_PATIENT, ID, CONTROL, PRECISION, TYPE, DATE, NO_TZ. Everything else is refused field by field. An item that reports
 * no vital is NO_VITALS, one of whose vitals none can be read is NO_READING; a tombstone needs none (transforms/usable.ts).
 *
 * @param root belongs to this call: aliases are moved to their wire names in it
 * @param textual every value is text (CSV): a number in text is then no repair
 */
export function readFlat(root: WireRecord, textual: boolean, context: DecodeContext): DecodedItems {
  const { batch, offset, message_id, receive_time } = context.message;
  const findings = new Findings('decode', batch, offset, 0, message_id, receive_time, null);
  const reading = readFlatItem(root, textual, context, findings, 0, null);
  return { rows: reading === null ? NOTHING : [reading], rejects: findings.rejects };
}

/**
 * {@link readFlat} for a dialect whose messages hold several items, or whose readings have an identity of their own.
 *
 * @param findings of this item, with what the dialect has found in it already
 * @param item its number in the message
 * @param identity what stays the same when the reading is sent again; null: time, device and sequence or vitals
 * @returns the reading, or null when the findings hold the one reject of scope `item`
 */
export function readFlatItem(
  root: WireRecord,
  textual: boolean,
  context: DecodeContext,
  findings: Findings,
  item: number,
  identity: string | null,
): DecodedReading | null {
  if (context.bom) findings.flag('message', 'BOM');
  const { message, options } = context;
  const named = root.extras === null ? null : applyAliases(root, root.extras, findings);
  if (!isSupportedVersion(root.version)) {
    findings.refuseItem('version', 'VERSION', 'a major version other than 1');
    return null;
  }
  const numbered = textual && options.numberRows === true;
  const patient = readPatient(root.patient_id, numbered ? `row-${message.offset + 1}` : null, findings);
  if (patient === null) return null;
  const time = readEventTime(root.event_time, options, numbered, message, findings);
  if (Number.isNaN(time)) return null;
  const device = readId(root.device_id, 'device_id', findings);
  if (device.problem !== null) {
    findings.refuseItem('device_id', device.problem.reason, device.problem.detail);
    return null;
  }
  const status = readStatus(root.status, findings);
  if (status === null) return null;
  const sequence = readSequence(root.sequence, textual, findings);

  let labels = null;
  let temperature = root.temperature;
  if (named !== null || root.units !== undefined) labels = readLabels(root.units, named, textual, findings);
  if (typeof temperature === 'string') {
    const split = splitTemperature(temperature);
    temperature = split.value;
    if (split.unit !== null) labels = { ...labels, temperature: agreed(labels?.temperature, split.unit) };
  }

  const reading: DecodedReading = {
    batch: message.batch,
    offset: message.offset,
    item,
    source_message_id: message.message_id,
    publish_time: message.publish_time,
    receive_time: message.receive_time,
    patient_id: patient,
    device_id: device.id,
    ward: readLabel(root.ward, 'ward', findings),
    bed: readLabel(root.bed, 'bed', findings),
    event_time: time,
    sequence,
    status,
    heart_rate: readVital('heart_rate', root.heart_rate, labels, textual, findings),
    respiratory_rate: readVital('respiratory_rate', root.respiratory_rate, labels, textual, findings),
    spo2: readVital('spo2', root.spo2, labels, textual, findings),
    systolic_bp: readVital('systolic_bp', root.systolic_bp, labels, textual, findings),
    diastolic_bp: readVital('diastolic_bp', root.diastolic_bp, labels, textual, findings),
    mean_bp: readVital('mean_bp', root.mean_bp, labels, textual, findings),
    temperature: readVital('temperature', temperature, labels, textual, findings),
    glucose: readVital('glucose', root.glucose, labels, textual, findings),
    supplemental_oxygen: readOxygen(root, textual, findings),
    consciousness: readConsciousness(root.consciousness, findings),
    spo2_scale: readScale(root.spo2_scale, textual, findings),
    sent_time: readSentTime(root.sent_time, options.timezone, findings),
    identity: identity ?? identityOf(time, sequence, sequence === null ? reportedVitals(root) : [], device.id),
    units: knownUnits(labels),
    lead_off: readBoolean(root.lead_off, 'lead_off', textual, findings) === true,
    probe_off: readBoolean(root.probe_off, 'probe_off', textual, findings) === true,
    // Last: it holds what every line above has found.
    flags: findings.flags,
  };
  if (isUsable(reading)) return reading;
  if (reportedVitals(root).length === 0) findings.refuseItem(null, 'NO_VITALS', 'no vital sign');
  else findings.refuseItem(null, 'NO_READING', 'no vital sign could be read');
  return null;
}

/** Names of the vitals that the source reported, sorted: what a reading without a sequence is known by. */
function reportedVitals(root: WireRecord): readonly string[] {
  return SORTED_VITALS.filter((vital) => root[vital] !== undefined && root[vital] !== null);
}

/** The unit that a label and the text of a temperature both name; null where they contradict each other. */
function agreed<U>(label: U | null | undefined, unit: U): U | null {
  return label === undefined || label === unit ? unit : null;
}

function readConsciousness(value: unknown, findings: Findings): Consciousness | null {
  if (value === undefined || value === null) return null;
  if (value === 'A' || value === 'C' || value === 'V' || value === 'P' || value === 'U') return value;
  return findings.refuse('consciousness', 'TYPE', 'not A, C, V, P or U');
}

function readScale(value: unknown, textual: boolean, findings: Findings): 1 | 2 | null {
  if (value === undefined || value === null) return null;
  const scale = readNumber(value, 'spo2_scale', textual, findings);
  return scale === null || scale === 1 || scale === 2 ? scale : findings.refuse('spo2_scale', 'TYPE', 'not 1 or 2');
}
