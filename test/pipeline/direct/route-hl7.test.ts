import { describe, expect, test } from '@jest/globals';
import { ownerOf } from '../../../pipeline/engines/direct/owner.js';
import { routeMessages } from '../../../pipeline/engines/direct/route.js';
import { decode } from '../../../transforms/decode/index.js';
import type { Message } from '../../../transforms/reading.js';
import { HEART_RATE, hl7, MSH, OBR, oru, PID } from '../../transforms/decode/hl7v2-messages.js';
import { BASE, csvWith, messageOf } from '../../transforms/decode/messages.js';

const SHARES = 4;
const pseudonym = (id: string): string => `pseudonym of ${id}`;
const shareOf = (patient: string): number => ownerOf(pseudonym(patient), SHARES);

/** The share, or shares, that a message is dealt to. */
function sharesOf(message: Message): number[] {
  const dealt = routeMessages([message], SHARES, pseudonym, { timezone: null });
  return dealt.flatMap((messages, share) => (messages.length > 0 ? [share] : []));
}

describe('dealing HL7 v2 messages', () => {
  test('a message of one patient goes to its owner by a glance at PID', () => {
    expect(sharesOf(messageOf(oru(HEART_RATE)))).toEqual([shareOf('P000123')]);
  });

  test('a message of several patients goes to each owner', () => {
    const patients = ['P1', 'P2', 'P3', 'P4', 'P5'];
    const results = patients.flatMap((id) => [PID.replace('P000123', id), OBR, HEART_RATE]);
    expect(sharesOf(messageOf(hl7(MSH, ...results)))).toEqual([...new Set(patients.map(shareOf))].sort());
  });

  test('a CSV line goes to the patient of its cell, even if its cells look like HL7 v2', () => {
    const stray = ['P1', 'P2', 'P3', 'P4'].find((id) => shareOf(id) !== shareOf(BASE.patient_id)) as string;
    const base = csvWith({});
    const { header } = JSON.parse(base.attributes as string) as { header: string };
    const message = messageOf(
      `"MSH|^~\\&|\rPID|||${stray}",`.replaceAll('"', '') + Buffer.from(base.payload).toString(),
      {
        dialect: 'csv',
        attributes: JSON.stringify({ dialect: 'csv', header: `note,${header}` }),
      },
    );
    expect(decode(message, { timezone: null }).rows[0]?.patient_id).toBe(BASE.patient_id);
    expect(sharesOf(message)).toEqual([shareOf(BASE.patient_id)]);
  });
});
