import { cleanse } from '../../../transforms/cleanse.js';
import { decode } from '../../../transforms/decode/index.js';
import type { Message, Reading } from '../../../transforms/reading.js';
import type { Reject } from '../../../transforms/reject.js';
import { messageOf } from './messages.js';

export const MSH = 'MSH|^~\\&|MON|ICU|||20261121072050.123+0000||ORU^R01^ORU_R01|M-1|P|2.6|42|||||UNICODE UTF-8';
export const PID = 'PID|||P000123^^^HOSPITAL^MR';
export const PV1 = 'PV1||I|ICU^^ICU-07';
export const OBR = 'OBR|1||F-1|182777000^monitoring of patient^SCT|||20261121072050.123+0000';
export const HEART_RATE = 'OBX|1|NM|8867-4^Heart rate^LN|1.1|78|/min|||||F';

/** Segments as a message. */
export function hl7(...segments: readonly string[]): string {
  return segments.map((segment) => `${segment}\r`).join('');
}

/** An ORU^R01 with these observations. */
export function oru(...observations: readonly string[]): string {
  return hl7(MSH, PID, PV1, OBR, ...observations);
}

/** What became of every item of a message. */
export interface Became {
  readonly readings: readonly Reading[];
  readonly rejects: readonly Reject[];
  /** Item rejects, as `item REASON`. */
  readonly items: readonly string[];
  /** Field rejects, as `field REASON`. */
  readonly fields: readonly string[];
}

/** Decodes and cleanses a message of HL7 v2, and checks that each of its items ended exactly once (invariant I2). */
export function became(
  payload: string | Uint8Array,
  overrides: Partial<Message> = {},
  timezone: string | null = null,
): Became {
  const decoded = decode(messageOf(payload, overrides), { timezone });
  const rejects: Reject[] = [...decoded.rejects];
  const readings: Reading[] = [];
  for (const row of decoded.rows) {
    const cleansed = cleanse(row, { checkClock: false });
    rejects.push(...cleansed.rejects);
    readings.push(...cleansed.rows);
  }
  const whole = rejects.filter(({ scope }) => scope === 'item');
  const ended = [...readings, ...whole].map(({ item }) => item).sort((a, b) => a - b);
  if (ended.length === 0 || ended.some((item, index) => item !== index)) {
    throw new Error(`items ended: ${ended.join()}`);
  }
  return {
    readings,
    rejects,
    items: whole.map(({ item, reason }) => `${item} ${reason}`),
    fields: rejects.filter(({ scope }) => scope === 'field').map(({ field, reason }) => `${String(field)} ${reason}`),
  };
}
