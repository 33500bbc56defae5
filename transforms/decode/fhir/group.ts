import { foldStatus } from '../record-key.js';
import { effectiveOf, type Effective } from './effective.js';
import type { FoundObservation } from './observations.js';
import { deviceOf, patientOf } from './references.js';

/** Observations of one patient, device, time and status: one reading. */
export interface ObservationGroup {
  readonly patient: unknown;
  readonly device: unknown;
  readonly effective: Effective;
  readonly status: unknown;
  readonly observations: FoundObservation[];
}

/**
 * Puts together what is one reading, in the order in which readings begin in the message. Status parts them too: in a
 * Bundle that withdraws one Observation and brings another, the withdrawal concerns the first alone.
 */
export function groupObservations(
  observations: readonly FoundObservation[],
  patients: ReadonlyMap<string, string>,
  timezone: string | null,
): ObservationGroup[] {
  const groups = new Map<string, ObservationGroup>();
  for (const observation of observations) {
    const { resource } = observation;
    const patient = patientOf(resource, patients);
    const device = deviceOf(resource);
    const effective = effectiveOf(resource, timezone);
    // R4 requires a status: without one nothing says that this is no withdrawal.
    const status = resource.status ?? '';
    const key = JSON.stringify([patient, device, effective.key, foldStatus(status) ?? [status]]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { patient, device, effective, status, observations: [observation] });
    else group.observations.push(observation);
  }
  return [...groups.values()];
}
