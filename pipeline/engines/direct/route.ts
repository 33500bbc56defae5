import { decode, type DecodeOptions } from '../../../transforms/decode/index.js';
import { readAttributes } from '../../../transforms/decode/message-attributes.js';
import { scanOwner } from '../../../transforms/decode/patient-scan.js';
import type { Message } from '../../../transforms/reading.js';
import { ownerOf } from './owner.js';

/**
 * Deals the messages of a batch to the shares that own their patients.
 *
 * Most messages tell their patient to a cheap scan that is certain of it; any other is decoded to find out. A message with
 * patients of several shares goes to each of them, with the items that are its own (a FHIR Bundle of a whole ward). What
 * becomes no reading goes with the message's first reading, and without any to the first share, which rejects it.
 *
 * @returns one list a share, messages in their order
 */
export function routeMessages(
  messages: readonly Message[],
  shares: number,
  pseudonym: (sourceId: string) => string,
  options: DecodeOptions,
): Message[][] {
  const dealt: Message[][] = Array.from({ length: shares }, () => []);
  if (shares === 1) return [[...messages]];
  const ownerOfPatient = (patient: string): number => ownerOf(pseudonym(patient), shares);
  for (const message of messages) {
    const patient = isCsv(message) ? null : scanOwner(message.payload);
    if (patient !== null) dealt[ownerOfPatient(patient)]?.push(message);
    else for (const [owner, part] of dealItems(message, ownerOfPatient, options)) dealt[owner]?.push(part);
  }
  return dealt;
}

/** A CSV line tells its patient by its header alone, even where its cells look like another dialect. */
function isCsv({ dialect, attributes }: Message): boolean {
  return (dialect ?? readAttributes(attributes).dialect) === 'csv';
}

/** A message whole where one share owns all of its patients, else in parts. */
function dealItems(
  message: Message,
  ownerOfPatient: (patient: string) => number,
  options: DecodeOptions,
): Map<number, Message> {
  const { rows, rejects } = decode(message, options);
  const owners = new Map(rows.map(({ item, patient_id }) => [item, ownerOfPatient(patient_id)]));
  const first = owners.values().next().value ?? 0;
  if (new Set(owners.values()).size <= 1) return new Map([[first, message]]);
  for (const { item } of rejects) if (!owners.has(item)) owners.set(item, first);
  const parts = new Map<number, number[]>();
  for (const [item, owner] of owners) parts.set(owner, [...(parts.get(owner) ?? []), item]);
  return new Map([...parts].map(([owner, items]) => [owner, { ...message, items }]));
}
