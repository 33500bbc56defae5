import type { Patient } from './patients.js';
import { Random } from './random.js';
import { Spans } from './spans.js';
import type { MonitorReading, VitalSigns } from './vital-signs.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What devices send in place of a value, as seen in real data: sentinels, and 0 degrees Fahrenheit in Celsius. */
const SENTINELS = [
  ['heart_rate', 32767],
  ['heart_rate', -1],
  ['respiratory_rate', -1],
  ['respiratory_rate', 255],
  ['spo2', 255],
  ['spo2', -100],
  ['systolic_bp', 999],
  ['diastolic_bp', -1],
  ['temperature', -17.8],
  ['temperature', 8388607],
] as const;

/** Mean time between sentinels of one device. */
const SENTINEL_GAP = 12 * HOUR;

/** A fault of a sensor, for the ground truth. Times are epoch ms; a sentinel is a single reading. */
export interface Artefact {
  readonly kind: 'probe_off' | 'lead_off' | 'sentinel';
  readonly field: string;
  readonly value: number;
  readonly onset: number;
  readonly end: number;
}

/**
 * A bedside monitor: numbers its readings, rounds as the schema does, and fails now and then.
 *
 * Probe off: SpO2 0 with the flag. Lead off: heart rate 0 with the flag, respiration (measured through the leads)
 * missing. Now and then a vital is missing for minutes; glucose is there only when it was measured.
 */
export class Monitor {
  private sequence = 0;
  /** Nothing out of the ordinary happens before this time: what nearly every reading need look at. */
  private ordinaryUntil: number;
  private readonly random: Random;
  private readonly probeOff: Spans;
  private readonly leadOff: Spans;
  private readonly breathMissing: Spans;
  private readonly cuffMissing: Spans;
  private readonly thermometerMissing: Spans;
  private nextSentinel: number;
  private nextGlucose: number;
  private probeWasOff = false;
  private leadWasOff = false;

  constructor(
    patient: Patient,
    seed: string,
    from: number,
    private readonly glucosePeriod: number,
    private readonly onArtefact: (artefact: Artefact) => void,
  ) {
    const spans = (purpose: string, gap: number, shortest: number, longest: number): Spans =>
      new Spans(new Random(seed, patient.number, purpose), from, gap, shortest, longest);
    this.random = new Random(seed, patient.number, 'device');
    this.probeOff = spans('probe off', 8 * HOUR, 20 * SECOND, 5 * MINUTE);
    this.leadOff = spans('lead off', 18 * HOUR, 20 * SECOND, 4 * MINUTE);
    this.breathMissing = spans('no respiration', 5 * HOUR, 1 * MINUTE, 12 * MINUTE);
    this.cuffMissing = spans('no pressure', 10 * HOUR, 1 * MINUTE, 10 * MINUTE);
    this.thermometerMissing = spans('no temperature', 14 * HOUR, 2 * MINUTE, 20 * MINUTE);
    this.nextSentinel = Math.round(from + this.random.exponential(SENTINEL_GAP));
    this.nextGlucose = from + Math.floor(this.random.uniform() * glucosePeriod);
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
    if (time >= this.ordinaryUntil) this.disturb(time, vitals, reading);
  }

  private disturb(time: number, vitals: VitalSigns, reading: MonitorReading): void {
    if (this.breathMissing.covers(time)) reading.respiratory_rate = null;
    if (this.thermometerMissing.covers(time)) reading.temperature = null;
    if (this.cuffMissing.covers(time)) {
      reading.systolic_bp = null;
      reading.diastolic_bp = null;
    }
    this.checkProbe(time, reading);
    this.checkLeads(time, reading);
    if (time >= this.nextGlucose) this.measureGlucose(time, vitals, reading);
    if (time >= this.nextSentinel) this.sendSentinel(time, reading);
    this.ordinaryUntil = Math.min(
      this.breathMissing.start,
      this.thermometerMissing.start,
      this.cuffMissing.start,
      this.probeOff.start,
      this.leadOff.start,
      this.nextGlucose,
      this.nextSentinel,
    );
  }

  private measureGlucose(time: number, vitals: VitalSigns, reading: MonitorReading): void {
    reading.glucose = Math.round(vitals.glucose);
    while (time >= this.nextGlucose) this.nextGlucose += this.glucosePeriod;
  }

  private checkProbe(time: number, reading: MonitorReading): void {
    const off = this.probeOff.covers(time);
    if (off) {
      reading.spo2 = 0;
      reading.probe_off = true;
      if (!this.probeWasOff) this.report('probe_off', 'spo2', this.probeOff);
    }
    this.probeWasOff = off;
  }

  private checkLeads(time: number, reading: MonitorReading): void {
    const off = this.leadOff.covers(time);
    if (off) {
      reading.heart_rate = 0;
      reading.respiratory_rate = null;
      reading.lead_off = true;
      if (!this.leadWasOff) this.report('lead_off', 'heart_rate', this.leadOff);
    }
    this.leadWasOff = off;
  }

  private report(kind: Artefact['kind'], field: string, { start, end }: Spans): void {
    this.onArtefact({ kind, field, value: 0, onset: start, end });
  }

  private sendSentinel(time: number, reading: MonitorReading): void {
    const [field, value] = SENTINELS[this.random.index(SENTINELS.length)] as (typeof SENTINELS)[number];
    reading[field] = value;
    this.nextSentinel = Math.round(time + this.random.exponential(SENTINEL_GAP));
    this.onArtefact({ kind: 'sentinel', field, value, onset: time, end: time });
  }
}
