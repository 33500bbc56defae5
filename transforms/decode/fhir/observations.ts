import type { JsonObject } from '../parse-json.js';
import { asObject, objectsOf, textOf } from './members.js';

/** An Observation of a message. */
export interface FoundObservation {
  readonly resource: JsonObject;
  /** What it is known by when it is sent again: its id, else its full URL or identifier; null when it has none. */
  readonly id: string | null;
  /** What the resources beside it can call it. */
  readonly names: readonly string[];
  /** Number of the resource that it is or lies in: names of contained resources hold in there alone. */
  readonly place: number;
}

/** What a message holds. */
export interface FoundResources {
  readonly observations: FoundObservation[];
  /** Ids of Patients by the full URL of their entry. */
  readonly patients: Map<string, string>;
  /** Entries of a Bundle that hold no resource. */
  unreadable: number;
}

/** Finds the Observations of a resource: itself, contained ones, those of a Bundle (also of one inside it). */
export function findObservations(root: JsonObject): FoundResources {
  const found: FoundResources = { observations: [], patients: new Map(), unreadable: 0 };
  visit(root, null, found);
  return found;
}

function visit(resource: JsonObject, fullUrl: string | null, found: FoundResources): void {
  if (resource.resourceType === 'Bundle') visitEntries(resource.entry, found);
  else if (resource.resourceType === 'Patient') {
    const id = textOf(resource.id);
    if (fullUrl !== null && id !== null) found.patients.set(fullUrl, id);
  } else if (resource.resourceType === 'Observation') visitObservation(resource, fullUrl, found);
}

function visitEntries(entries: unknown, found: FoundResources): void {
  if (entries === undefined || entries === null) return;
  if (!Array.isArray(entries)) {
    found.unreadable++;
    return;
  }
  for (const item of entries) {
    const entry = asObject(item);
    const resource = asObject(entry?.resource);
    if (textOf(resource?.resourceType) === null) found.unreadable++;
    else visit(resource as JsonObject, textOf(entry?.fullUrl), found);
  }
}

function visitObservation(resource: JsonObject, fullUrl: string | null, found: FoundResources): void {
  const id = textOf(resource.id) ?? fullUrl ?? identifierOf(resource);
  const names = [fullUrl, id === null ? null : `Observation/${id}`].filter((name) => name !== null);
  const place = found.observations.length;
  found.observations.push({ resource, id, names, place });
  for (const contained of objectsOf(resource.contained)) {
    if (contained.resourceType !== 'Observation') continue;
    const local = textOf(contained.id);
    // A contained id holds in its own resource alone.
    const full = id === null || local === null ? null : `${id}#${local}`;
    const name = local === null ? [] : [`${place}#${local}`];
    found.observations.push({ resource: contained, id: full, names: name, place });
  }
}

function identifierOf(resource: JsonObject): string | null {
  const [identifier] = objectsOf(resource.identifier);
  const value = textOf(identifier?.value);
  return value === null ? null : `${textOf(identifier?.system) ?? ''}|${value}`;
}
