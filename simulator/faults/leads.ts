import type { Distortion } from './distortion.js';

/** Heart rate 0 with the flag; respiration, measured through the same leads, is missing. */
export function leadOff(): Distortion {
  return {
    field: 'heart_rate',
    value: 0,
    spoil: (reading) => {
      reading.heart_rate = 0;
      reading.respiratory_rate = null;
      reading.lead_off = true;
    },
  };
}

/**
 * Electrodes in each other's place, or breathing too shallow for them: impedance respiration counts the heart beats, give
 * or take one.
 */
export function cardiacOverlay(): Distortion {
  return {
    field: 'respiratory_rate',
    value: null,
    spoil: (reading, random) => {
      const miscount = random.index(3) - 1;
      if (reading.respiratory_rate === null || reading.heart_rate === null) return;
      reading.respiratory_rate = Math.max(3, Math.min(120, reading.heart_rate + miscount));
    },
  };
}
