import { VITALS } from '../schema/vitals.js';

/** Number of vitals; combiners index them in the order of schema/vitals.ts. */
export const VITAL_COUNT = VITALS.length;

/** What turns a value of each vital into the integer that combiners add, and back. */
export const VITAL_FACTORS: readonly number[] = VITALS.map((vital) => 10 ** vital.scale);
