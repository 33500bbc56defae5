import type { Random } from './random.js';
import type { MonitorReading, VitalSigns } from './vital-signs.js';

/** Bedside checks of a patient with signs of low glucose: every 15 minutes (the usual "15-15 rule"). */
const CHECK_PERIOD = 15 * 60_000;

/** Measures glucose at its times: as often as is usual for the patient, and more often while there are symptoms. */
export class GlucoseMeter {
  /** Time of the next usual measurement, epoch ms. Symptoms do not move it. */
  next: number;
  private nextCheck = -Infinity;

  /** @param period milliseconds between usual measurements */
  constructor(
    random: Random,
    from: number,
    private readonly period: number,
  ) {
    this.next = from + Math.floor(random.uniform() * period);
  }

  /** Fills in glucose when it is time. */
  measure(time: number, vitals: VitalSigns, reading: MonitorReading): void {
    const usual = time >= this.next;
    if (!usual && !(vitals.glucose_checks && time >= this.nextCheck)) return;
    reading.glucose = Math.round(vitals.glucose);
    this.nextCheck = time + CHECK_PERIOD;
    while (time >= this.next) this.next += this.period;
  }
}
