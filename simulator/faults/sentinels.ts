import { Random } from '../random.js';
import type { MonitorReading } from '../vital-signs.js';
import type { Artefact } from './artefact.js';
import { HOUR } from './distortion.js';

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
const GAP = 12 * HOUR;

/** Now and then one reading of a device holds a number that stands for "no value". */
export class Sentinels {
  /** Time of the next, epoch ms. */
  next: number;
  private readonly random: Random;

  constructor(
    seed: string,
    patient: number,
    from: number,
    private readonly onArtefact: (artefact: Artefact) => void,
  ) {
    this.random = new Random(seed, patient, 'sentinels');
    this.next = Math.round(from + this.random.exponential(GAP));
  }

  /** Spoils the reading when the time has come. */
  disturb(time: number, reading: MonitorReading): void {
    if (time < this.next) return;
    const [field, value] = SENTINELS[this.random.index(SENTINELS.length)] as (typeof SENTINELS)[number];
    reading[field] = value;
    this.next = Math.round(time + this.random.exponential(GAP));
    this.onArtefact({ kind: 'sentinel', field, value, onset: time, end: time });
  }
}
