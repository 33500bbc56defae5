import { GLUCOSE_MGDL_PER_MMOLL } from '../../transforms/units.js';
import type { Distortion } from './distortion.js';

/** The thermometer is set to Fahrenheit, and the message does not say so. */
export function temperatureInFahrenheit(): Distortion {
  return {
    field: 'temperature',
    value: null,
    spoil: (reading) => {
      if (reading.temperature !== null) reading.temperature = Math.round(reading.temperature * 18 + 320) / 10;
    },
  };
}

/** The glucose meter is set to mmol/L, and the message does not say so. */
export function glucoseInMillimoles(): Distortion {
  return {
    field: 'glucose',
    value: null,
    spoil: (reading) => {
      if (reading.glucose !== null) reading.glucose = Math.round((reading.glucose * 10) / GLUCOSE_MGDL_PER_MMOLL) / 10;
    },
  };
}
