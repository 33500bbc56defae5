import { Findings } from '../../findings.js';
import type { Reject } from '../../reject.js';
import type { DecodedReading } from '../decoded-reading.js';
import type { DecodeContext, DecodedItems, ObjectDialect } from '../dialect.js';
import { readFlatItem } from '../flat-reading.js';
import type { JsonObject } from '../parse-json.js';
import { rejectMessage } from '../reject-message.js';
import { groupObservations, type ObservationGroup } from './group.js';
import { textOf } from './members.js';
import { findObservations } from './observations.js';
import { isAboutVitals, resolvePanels } from './panels.js';
import { recordOf } from './record.js';

/**
 * FHIR R4: an Observation, or a Bundle of them. Observations of one patient, device, time and status are one reading,
 * known by the sorted list of their ids; each reading is an item, and so is each entry of a Bundle that holds no resource
 * (SHAPE). Other resources, and Observations of anything but vital signs, are extra content; a message of nothing else is
 * one item (NO_VITALS).
 *
 * Rejects besides those of every flat record: SHAPE, AMBIGUOUS (a field given twice), NO_VITALS.
 */
export const FHIR: ObjectDialect = {
  kind: 'object',
  name: 'fhir',
  recognises: (root) => textOf(root.resourceType) !== null,
  read: readFhir,
};

function readFhir(root: JsonObject, context: DecodeContext): DecodedItems {
  const { message, options } = context;
  if (textOf(root.resourceType) === null) return rejectMessage(message, 'SHAPE', 'no FHIR resource');
  const { observations, patients, unreadable } = findObservations(root);
  const vital = resolvePanels(observations).filter(({ resource }) => isAboutVitals(resource));
  const groups = groupObservations(vital, patients, options.timezone);
  if (groups.length + unreadable === 0) return rejectMessage(message, 'NO_VITALS', 'no Observation of a vital sign');
  const rows: DecodedReading[] = [];
  const rejects: Reject[] = [];
  groups.forEach((group, item) => {
    const findings = findingsOf(item, context);
    const record = recordOf(group, options.timezone, findings);
    const reading = readFlatItem(record, false, context, findings, item, identityOf(group));
    if (reading !== null) rows.push(reading);
    rejects.push(...findings.rejects);
  });
  for (let item = groups.length; item < groups.length + unreadable; item++) {
    const findings = findingsOf(item, context);
    findings.refuseItem(null, 'SHAPE', 'an entry without a resource');
    rejects.push(...findings.rejects);
  }
  return { rows, rejects };
}

/** The sorted ids of the Observations; null when one has none: then the reading is known like a flat record. */
function identityOf({ observations }: ObservationGroup): string | null {
  const ids = observations.map(({ id }) => id);
  return ids.includes(null) ? null : JSON.stringify([...new Set(ids)].sort());
}

function findingsOf(item: number, { message }: DecodeContext): Findings {
  const { batch, offset, message_id, receive_time } = message;
  return new Findings('decode', batch, offset, item, message_id, receive_time, null);
}
