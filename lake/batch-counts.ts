import type { BatchCounts } from './manifest.js';

/** What a lake without batches adds up to. */
export const NO_COUNTS: BatchCounts = {
  messages: 0,
  received: 0,
  silver: 0,
  dead_letter: 0,
  suppressed: 0,
  field_rejects: 0,
  conflicts: 0,
  alerts: 0,
};

/** The sum of two batches' counts, or (with `sign` -1) what is left of the first without the second. */
export function addCounts(a: BatchCounts, b: BatchCounts, sign: 1 | -1 = 1): BatchCounts {
  return {
    messages: a.messages + sign * b.messages,
    received: a.received + sign * b.received,
    silver: a.silver + sign * b.silver,
    dead_letter: a.dead_letter + sign * b.dead_letter,
    suppressed: a.suppressed + sign * b.suppressed,
    field_rejects: a.field_rejects + sign * b.field_rejects,
    conflicts: a.conflicts + sign * b.conflicts,
    alerts: a.alerts + sign * b.alerts,
  };
}
