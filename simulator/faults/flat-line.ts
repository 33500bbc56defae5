import type { Random } from '../random.js';
import type { MonitorReading } from '../vital-signs.js';
import type { Distortion } from './distortion.js';

/** What can freeze: what a monitor measures all the time. */
const FIELDS = ['heart_rate', 'respiratory_rate', 'spo2'] as const;

/** A module hangs: one vital repeats its last value exactly while the others go on. */
export function flatLine(random: Random, first: MonitorReading): Distortion {
  const field = FIELDS[random.index(FIELDS.length)] as (typeof FIELDS)[number];
  const frozen = first[field];
  return {
    field,
    value: frozen,
    spoil: (reading) => {
      if (reading[field] !== null) reading[field] = frozen;
    },
  };
}
