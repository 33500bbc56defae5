import { decode, type DecodeOptions } from '../../../transforms/decode/index.js';
import { scanPatientId } from '../../../transforms/decode/patient-scan.js';
import type { Message } from '../../../transforms/reading.js';
import { ownerOf } from './owner.js';

/**
 * Deals the messages of a batch to the shares that own their patients.
 *
 * Most messages tell their patient to a cheap scan that is certain of it; any other is decoded to find out. A message
 * without a patient goes to the first share, which rejects it.
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
  for (const message of messages) {
    const patient = scanPatientId(message.payload) ?? decode(message, options).rows[0]?.patient_id;
    const owner = patient === undefined ? 0 : ownerOf(pseudonym(patient), shares);
    dealt[owner]?.push(message);
  }
  return dealt;
}
