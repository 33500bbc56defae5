import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { packMessages, unpackMessages } from '../../../pipeline/engines/direct/message-transfer.js';
import { ownerOf } from '../../../pipeline/engines/direct/owner.js';
import { routeMessages } from '../../../pipeline/engines/direct/route.js';
import { DecodeMessages } from '../../../transforms/decode/decode.js';
import type { Message } from '../../../transforms/reading.js';
import { bundle, fhir, observation } from '../../transforms/decode/fhir-messages.js';
import { jsonWith, messageOf } from '../../transforms/decode/messages.js';

const OPTIONS = { timezone: null };
const SHARES = 4;
const pseudonym = (id: string): string => `pseudonym of ${id}`;

/** One reading of each patient, all in one Bundle. */
function wardRound(patients: readonly string[]): Message {
  const resources = patients.map((id, at) =>
    observation({ id: `o${at}`, subject: { reference: `Patient/${id}` }, device: { reference: `Device/D${at}` } }),
  );
  return fhir(bundle(...resources));
}

interface Ended {
  readonly item: number;
  /** Null for a reject. */
  readonly patient: string | null;
}

/** What a share makes of its part of a batch, as its worker thread gets it. */
function runShare(messages: readonly Message[]): Ended[] {
  const ended: Ended[] = [];
  for (const staged of new DecodeMessages(OPTIONS).process(unpackMessages(packMessages(messages)))) {
    if ('rows' in staged) ended.push(...staged.rows.map(({ item, patient_id }) => ({ item, patient: patient_id })));
    else ended.push(...staged.rejects.map(({ item }) => ({ item, patient: null })));
  }
  return ended;
}

function route(messages: readonly Message[]): Message[][] {
  return routeMessages(messages, SHARES, pseudonym, OPTIONS);
}

describe('dealing messages to the shares of patients', () => {
  test('every reading is run by the share that owns its patient, and every item once', () => {
    // `..` is refused as a patient: an item that becomes no reading.
    const patients = fc.array(fc.constantFrom('P1', 'P2', 'P3', 'P4', 'P5', '..'), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(patients, (ids) => {
        const shares = route([wardRound(ids)]).map(runShare);
        shares.forEach((ended, share) => {
          for (const { patient } of ended)
            if (patient !== null) expect(ownerOf(pseudonym(patient), SHARES)).toBe(share);
        });
        const items = shares.flat().sort((a, b) => a.item - b.item);
        expect(items.map(({ item }) => item)).toEqual(ids.map((_, item) => item));
        expect(items.map(({ patient }) => patient)).toEqual(ids.map((id) => (id === '..' ? null : id)));
      }),
      { numRuns: 200 },
    );
  });

  test('a message of one patient is dealt whole', () => {
    const messages = [messageOf(jsonWith({})), wardRound(['P1']), messageOf('no message')];
    const dealt = route(messages).flat();
    expect(dealt).toHaveLength(3);
    for (const message of messages) expect(dealt).toContain(message);
  });

  test('the patients of the ward round belong to more than one share', () => {
    expect(new Set(['P1', 'P2', 'P3', 'P4', 'P5'].map((id) => ownerOf(pseudonym(id), SHARES))).size).toBeGreaterThan(1);
  });
});
