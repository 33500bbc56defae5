import type { JsonObject } from '../parse-json.js';
import { measuresOf } from './codes.js';
import { objectsOf } from './members.js';
import type { FoundObservation } from './observations.js';

const TIMES = ['effectiveDateTime', 'effectivePeriod', 'effectiveInstant', 'effectiveTiming'];

/**
 * Resolves `hasMember` within a message. Members take patient, device and time from their panel where they do not name
 * their own; a panel that measures nothing itself and has a member here is left out: its members are the reading.
 */
export function resolvePanels(observations: readonly FoundObservation[]): FoundObservation[] {
  const names = new Map<string, number>();
  observations.forEach((observation, at) => observation.names.forEach((name) => names.set(name, at)));
  const resolved = [...observations];
  const folders = new Set<number>();
  observations.forEach((panel, at) => {
    for (const { reference } of objectsOf(panel.resource.hasMember)) {
      const memberAt = typeof reference === 'string' ? names.get(nameOf(reference, panel, names)) : undefined;
      const member = memberAt === undefined || memberAt === at ? undefined : resolved[memberAt];
      if (memberAt === undefined || member === undefined) continue;
      resolved[memberAt] = { ...member, resource: inheriting(member.resource, panel.resource) };
      if (!isMeasuring(panel.resource)) folders.add(at);
    }
  });
  return resolved.filter((_, at) => !folders.has(at));
}

/** True when an Observation is about vital signs: it or a component measures one, or it is a panel of them. */
export function isAboutVitals(resource: JsonObject): boolean {
  return isMeasuring(resource) || measuresOf(resource.code).has('panel');
}

function isMeasuring(resource: JsonObject): boolean {
  return [resource, ...objectsOf(resource.component)].some((node) =>
    [...measuresOf(node.code)].some((measure) => measure !== 'panel'),
  );
}

function nameOf(reference: string, panel: FoundObservation, names: ReadonlyMap<string, number>): string {
  if (reference.startsWith('#')) return `${panel.place}${reference}`;
  if (names.has(reference)) return reference;
  return reference.replace(/^.*\/(?=Observation\/)/s, '').replace(/\/_history\/.*$/s, '');
}

function inheriting(member: JsonObject, panel: JsonObject): JsonObject {
  const absent = (name: string): boolean => (member[name] ?? null) === null;
  const wanted = ['subject', 'device'].filter(absent).concat(TIMES.every(absent) ? TIMES : []);
  const taken = wanted.filter((name) => (panel[name] ?? null) !== null).map((name) => [name, panel[name]] as const);
  return { ...member, ...Object.fromEntries(taken) };
}
