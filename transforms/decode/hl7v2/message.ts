import { readTime } from '../event-time.js';
import type { Delimiters } from './delimiters.js';
import { readObservation, type Observation } from './observation.js';
import { component, firstOf, valueOf, type Segment } from './segments.js';
import { isoTime, zoneOf } from './times.js';

/** What MSH says of all of a message's readings. */
export interface Header {
  /** MSH-7's own zone, `+HHMM`; '' for none. */
  readonly zone: string;
  /** MSH-7 as ISO 8601; null when absent. */
  readonly sent: string | null;
  /** MSH-13; null when absent. */
  readonly sequence: string | null;
}

/** The observations of one patient, device and time: one reading. Ids and times as they came; null is missing. */
export interface ObservationGroup {
  readonly patient: string | null;
  readonly ward: string | null;
  readonly bed: string | null;
  readonly device: string | null;
  /** ISO 8601, with the message's zone where it named none. */
  readonly time: string | null;
  readonly observations: Observation[];
}

/** One OBR (or none) with its OBX segments. */
interface Order {
  readonly obr: Segment | null;
  readonly observations: Segment[];
}

/** One PID (or none) with its PV1 and its orders. */
interface PatientResult {
  readonly pid: Segment | null;
  pv1: Segment | null;
  readonly orders: Order[];
}

export function readHeader(msh: Segment, delimiters: Delimiters): Header {
  const time = valueOf(msh, 7, 1, delimiters);
  const zone = zoneOf(time);
  return { zone, sent: time === '' ? null : isoTime(time, zone), sequence: valueOf(msh, 13, 1, delimiters) || null };
}

/**
 * The readings of an ORU^R01 message, in the order in which their first observations stand. A patient of whom nothing is
 * reported has one without observations, so that every PID is accounted for; so has a message without any.
 *
 * The time is OBX-14, else OBR-7, else MSH-7. The device is OBX-18, else the first OBX-18 of the same OBR: monitors name
 * themselves once, on the observation that stands for the device.
 */
export function groupObservations(
  segments: readonly Segment[],
  header: Header,
  delimiters: Delimiters,
): readonly ObservationGroup[] {
  const groups: ObservationGroup[] = [];
  const known = new Map<string, ObservationGroup>();
  for (const result of patientResults(segments)) {
    const before = groups.length;
    let seen = false;
    for (const found of resultGroups(result, header, delimiters)) {
      seen = true;
      const key = [found.patient, found.device, instantOf(found.time)].join('\u0000');
      const same = known.get(key);
      if (same !== undefined) same.observations.push(...found.observations);
      else {
        known.set(key, found);
        groups.push(found);
      }
    }
    if (!seen && groups.length === before) groups.push(placeOf(result, null, header.sent, [], delimiters));
  }
  return groups;
}

function patientResults(segments: readonly Segment[]): readonly PatientResult[] {
  const results: PatientResult[] = [];
  const current = (): PatientResult => {
    if (results.length === 0) results.push({ pid: null, pv1: null, orders: [] });
    return results.at(-1) as PatientResult;
  };
  for (const segment of segments) {
    if (segment.name === 'PID') results.push({ pid: segment, pv1: null, orders: [] });
    else if (segment.name === 'PV1') current().pv1 ??= segment;
    else if (segment.name === 'OBR') current().orders.push({ obr: segment, observations: [] });
    else if (segment.name === 'OBX') {
      const { orders } = current();
      if (orders.length === 0) orders.push({ obr: null, observations: [] });
      orders.at(-1)?.observations.push(segment);
    }
  }
  current();
  return results;
}

/** A group for every observation: those of one reading are merged by the caller. */
function* resultGroups(result: PatientResult, header: Header, delimiters: Delimiters): Generator<ObservationGroup> {
  for (const { obr, observations } of result.orders) {
    const filler = obr === null ? '' : fillerOf(obr, delimiters);
    const started = obr === null ? '' : valueOf(obr, 7, 1, delimiters);
    const usual = observations.map((obx) => deviceOf(obx, delimiters)).find((device) => device !== null) ?? null;
    for (const obx of observations) {
      const observation = readObservation(obx, filler, delimiters);
      if (observation === null) continue;
      const stated = valueOf(obx, 14, 1, delimiters) || started;
      const time = stated === '' ? header.sent : isoTime(stated, header.zone);
      yield placeOf(result, deviceOf(obx, delimiters) ?? usual, time, [observation], delimiters);
    }
  }
}

function placeOf(
  { pid, pv1 }: PatientResult,
  device: string | null,
  time: string | null,
  observations: Observation[],
  delimiters: Delimiters,
): ObservationGroup {
  return {
    patient: pid === null ? null : valueOf(pid, 3, 1, delimiters) || null,
    ward: pv1 === null ? null : valueOf(pv1, 3, 1, delimiters) || null,
    bed: pv1 === null ? null : valueOf(pv1, 3, 3, delimiters) || null,
    device,
    time,
    observations,
  };
}

/** OBX-18, equipment instance identifier: its entity id, else its universal id. */
function deviceOf(obx: Segment, delimiters: Delimiters): string | null {
  const first = firstOf(obx, 18, delimiters);
  return component(first, 1, delimiters) || component(first, 3, delimiters) || null;
}

/** OBR-3 with its namespace: numbers of two systems may coincide. */
function fillerOf(obr: Segment, delimiters: Delimiters): string {
  return [valueOf(obr, 3, 1, delimiters), valueOf(obr, 3, 2, delimiters)].filter((part) => part !== '').join('^');
}

/** Two ways of writing one instant are one time; times without a zone are compared as they stand. */
function instantOf(time: string | null): string | number | null {
  const instant = readTime(time, null).time;
  return Number.isNaN(instant) ? time : instant;
}
