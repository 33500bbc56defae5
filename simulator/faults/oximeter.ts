import type { Distortion } from './distortion.js';

/** SpO2 0 with the flag. */
export function probeOff(): Distortion {
  return {
    field: 'spo2',
    value: 0,
    spoil: (reading) => {
      reading.spo2 = 0;
      reading.probe_off = true;
    },
  };
}

/** Movement pulls a pulse oximeter towards 85 %, where red and infrared are absorbed alike, by up to this share. */
const VENOUS_SPO2 = 85;
const MOST_PULL = 0.9;

/** SD of the breaths a minute that movement adds or hides. */
const MISCOUNTED_BREATHS = 5;

/** The patient moves: SpO2 reads low and jumps, respiration is miscounted. */
export function motion(): Distortion {
  return {
    field: 'spo2',
    value: null,
    spoil: (reading, random) => {
      const pull = MOST_PULL * random.uniform();
      const breaths = Math.round(MISCOUNTED_BREATHS * random.normal());
      if (reading.spo2 !== null) reading.spo2 = Math.round(reading.spo2 + pull * (VENOUS_SPO2 - reading.spo2));
      if (reading.respiratory_rate !== null) {
        reading.respiratory_rate = Math.max(3, Math.min(60, reading.respiratory_rate + breaths));
      }
    },
  };
}
