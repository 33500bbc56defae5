import { expect } from '@jest/globals';
import { cleanse } from '../../../transforms/cleanse.js';
import { decode } from '../../../transforms/decode/index.js';
import type { Message, Reading } from '../../../transforms/reading.js';
import type { Reason, Reject } from '../../../transforms/reject.js';

export interface Settings {
  readonly timezone?: string | null;
  readonly checkClock?: boolean;
  readonly numberRows?: boolean;
}

/** What became of one message: its reading if it went through, and everything that was refused. */
export interface Outcome {
  readonly reading: Reading | null;
  readonly itemReason: Reason | null;
  /** Field rejects, as `field REASON`. */
  readonly fields: readonly string[];
  readonly rejects: readonly Reject[];
}

/** Decodes and cleanses one message of one item, and checks that the item ends exactly once. */
export function outcomeOf(message: Message, settings: Settings = {}): Outcome {
  const decoded = decode(message, {
    timezone: settings.timezone ?? null,
    numberRows: settings.numberRows ?? false,
  });
  const rejects: Reject[] = [...decoded.rejects];
  const readings: Reading[] = [];
  for (const row of decoded.rows) {
    const cleansed = cleanse(row, { checkClock: settings.checkClock ?? true });
    rejects.push(...cleansed.rejects);
    readings.push(...cleansed.rows);
  }
  const items = rejects.filter((reject) => reject.scope === 'item');
  expect(readings.length + items.length).toBe(1);
  for (const reject of rejects) {
    expect(reject).toMatchObject({ batch: message.batch, offset: message.offset, item: 0 });
    expect(reject.source_message_id).toBe(message.message_id);
  }
  return {
    reading: readings[0] ?? null,
    itemReason: items[0]?.reason ?? null,
    fields: rejects.filter(({ scope }) => scope === 'field').map(({ field, reason }) => `${String(field)} ${reason}`),
    rejects,
  };
}
