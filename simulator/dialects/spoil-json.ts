import type { Spoiler, SpoiltField } from './spoiler.js';

/** Where the flat dialects keep each vital, where that is not under its own name. */
const WEARABLE_NAMES: Partial<Record<SpoiltField, string>> = {
  respiratory_rate: 'respiration_rate',
  systolic_bp: 'systolic',
  diastolic_bp: 'diastolic',
};

const WRONG_TYPES = ['true', '[97]', '"fast"', '{"value":97}', '"98,6"'] as const;

/** JSON v1 and `er`. */
export const JSON_SPOILER: Spoiler = spoilerOf({});

/** `wearable`, which has its own names for three of the vitals. */
export const WEARABLE_SPOILER: Spoiler = spoilerOf(WEARABLE_NAMES);

function spoilerOf(names: Partial<Record<SpoiltField, string>>): Spoiler {
  return {
    wrongTypes: WRONG_TYPES,
    withValue: (text, field, value) => {
      const name = names[field] ?? field;
      const start = text.indexOf(`"${name}":`) + name.length + 3;
      const length = text.slice(start).search(/[,}]/);
      return text.slice(0, start) + value + text.slice(start + length);
    },
    withoutPatient: (text) => {
      const start = text.indexOf('"patient_id":');
      return text.slice(0, start) + text.slice(text.indexOf(',', start) + 1);
    },
  };
}
