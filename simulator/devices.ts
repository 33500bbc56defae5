import type { Artefact } from './faults/artefact.js';
import { Fault } from './faults/fault.js';
import { MONITOR_FAULTS, WIRELESS_FAULTS } from './faults/kinds.js';
import { Sentinels } from './faults/sentinels.js';
import { GlucoseMeter } from './glucose-meter.js';
import type { Patient } from './patients.js';
import { Random } from './random.js';
import type { MonitorReading, VitalSigns } from './vital-signs.js';
import { wardOf } from './wards.js';

/** Share of the patients of general wards who wear a wireless patch instead of being wired to a monitor. */
const WIRELESS_SHARE = 0.08;

/** Whether the patient's heart rate and respiration come from a wireless patch, which loses much (faults/kinds.ts). */
export function isWireless(patient: Patient, seed: string): boolean {
  const general = wardOf(patient.ward).profile === 'general';
  return general && new Random(seed, patient.number, 'wireless').uniform() < WIRELESS_SHARE;
}

/**
 * A bedside monitor: numbers its readings, rounds as the schema does, and fails now and then (faults/). Glucose is there
 * only when it was measured.
 */
export class Monitor {
  private sequence = 0;
  /** Nothing out of the ordinary happens before this time: what nearly every reading need look at. */
  private ordinaryUntil: number;
  private readonly glucose: GlucoseMeter;
  private readonly faults: readonly Fault[];
  private readonly sentinels: Sentinels;

  /**
   * @param from nothing fails before it, epoch ms
   * @param glucosePeriod milliseconds between usual measurements
   */
  constructor(
    patient: Patient,
    seed: string,
    from: number,
    glucosePeriod: number,
    onArtefact: (artefact: Artefact) => void,
  ) {
    const { number } = patient;
    const kinds = isWireless(patient, seed) ? [...WIRELESS_FAULTS, ...MONITOR_FAULTS] : MONITOR_FAULTS;
    this.faults = kinds.map((kind) => new Fault(kind, seed, number, from, onArtefact));
    this.glucose = new GlucoseMeter(new Random(seed, number, 'device'), from, glucosePeriod);
    this.sentinels = new Sentinels(seed, number, from, onArtefact);
    this.ordinaryUntil = from;
  }

  /**
   * Takes one reading.
   * @param time epoch ms; never goes back
   * @param reading filled with it
   */
  measure(time: number, vitals: VitalSigns, reading: MonitorReading): void {
    reading.sequence = ++this.sequence;
    reading.heart_rate = Math.round(vitals.heart_rate);
    reading.respiratory_rate = Math.round(vitals.respiratory_rate);
    reading.spo2 = Math.round(vitals.spo2);
    reading.systolic_bp = Math.round(vitals.systolic_bp);
    reading.diastolic_bp = Math.round(vitals.diastolic_bp);
    reading.temperature = Math.round(vitals.temperature * 10) / 10;
    reading.glucose = null;
    reading.supplemental_oxygen = vitals.supplemental_oxygen;
    reading.consciousness = vitals.consciousness;
    reading.probe_off = false;
    reading.lead_off = false;
    if (time >= this.ordinaryUntil || vitals.glucose_checks) this.disturb(time, vitals, reading);
  }

  private disturb(time: number, vitals: VitalSigns, reading: MonitorReading): void {
    this.glucose.measure(time, vitals, reading);
    for (const fault of this.faults) fault.disturb(time, reading);
    this.sentinels.disturb(time, reading);
    let next = Math.min(this.glucose.next, this.sentinels.next);
    for (const fault of this.faults) next = Math.min(next, fault.start);
    this.ordinaryUntil = next;
  }
}
