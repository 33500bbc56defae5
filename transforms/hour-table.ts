import type { SilverRow } from '../schema/tables/silver-patient-vitals.js';
import { VITALS } from '../schema/vitals.js';
import { VITAL_COUNT, VITAL_FACTORS } from './scaled-vitals.js';
import { addToHour, emptyVitalHour, type VitalHour } from './vital-hour.js';
import { ONE_HOUR, windowStart } from './window.js';

/** The hours of one patient, a place a vital; null while it has no value. */
type Hours = (VitalHour | null)[];

const NO_HOURS: Hours = new Array<null>(VITAL_COUNT).fill(null);

/** Combines any number of blocks into one accumulator a patient, vital and hour. Mutable; holds accumulators, not readings. */
export class HourTable {
  #hours: VitalHour[] = [];
  #byWindow = new Map<number, Map<string, Hours>>();

  /** Adds current readings; tombstones are passed over. */
  add(readings: readonly SilverRow[]): void {
    let start = NaN;
    let byPatient = new Map<string, Hours>();
    for (const reading of readings) {
      if (reading.status === 'entered-in-error') continue;
      const window = windowStart(reading.event_time, ONE_HOUR);
      if (window !== start) {
        start = window;
        byPatient = this.#byWindow.get(window) ?? new Map<string, Hours>();
        this.#byWindow.set(window, byPatient);
      }
      let ofPatient = byPatient.get(reading.patient_id);
      if (ofPatient === undefined) byPatient.set(reading.patient_id, (ofPatient = NO_HOURS.slice()));
      this.#addVital(ofPatient, 0, reading.heart_rate, reading, window);
      this.#addVital(ofPatient, 1, reading.respiratory_rate, reading, window);
      this.#addVital(ofPatient, 2, reading.spo2, reading, window);
      this.#addVital(ofPatient, 3, reading.systolic_bp, reading, window);
      this.#addVital(ofPatient, 4, reading.diastolic_bp, reading, window);
      this.#addVital(ofPatient, 5, reading.mean_bp, reading, window);
      this.#addVital(ofPatient, 6, reading.temperature, reading, window);
      this.#addVital(ofPatient, 7, reading.glucose, reading, window);
    }
  }

  /** Hands over the accumulators and starts anew. */
  take(): VitalHour[] {
    const hours = this.#hours;
    this.#hours = [];
    this.#byWindow = new Map();
    return hours;
  }

  #addVital(ofPatient: Hours, vital: number, value: number | null, reading: SilverRow, window: number): void {
    if (value === null) return;
    let hour = ofPatient[vital] as VitalHour | null;
    if (hour === null) {
      hour = emptyVitalHour(reading.patient_id, VITALS[vital]!.name, window);
      ofPatient[vital] = hour;
      this.#hours.push(hour);
    }
    const scaled = Math.round(value * (VITAL_FACTORS[vital] as number));
    addToHour(hour, 1, scaled, scaled, scaled, reading.event_time, reading.ward);
  }
}
