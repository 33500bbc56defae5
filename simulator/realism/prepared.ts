import { chartNews2, type ChartedNews2 } from './charted.js';
import type { RecordedVital } from './recorded-vitals.js';
import type { Recording } from './recording.js';
import { dailyCourse } from './rhythm.js';
import { sorted, type Table } from './table.js';
import { centred, patientMeans } from './within.js';

/** A recording with what several statistics need, each computed when it is first asked for. */
export class Prepared {
  private readonly kept = new Map<string, unknown>();

  constructor(readonly recording: Recording) {}

  table(vital: RecordedVital): Table {
    return this.recording.vitals[vital];
  }

  /** Values ascending. */
  sorted(vital: RecordedVital): Float64Array {
    return this.once(`sorted ${vital}`, () => sorted(this.table(vital)));
  }

  /** Less each patient's mean. */
  centred(vital: RecordedVital): Table {
    return this.once(`centred ${vital}`, () => centred(this.table(vital)));
  }

  patientMeans(vital: RecordedVital): Float64Array {
    return this.once(`means ${vital}`, () => patientMeans(this.table(vital)));
  }

  /** Means by hour of the day. */
  course(vital: RecordedVital): Float64Array {
    const { from, intervalMs } = this.recording;
    return this.once(`course ${vital}`, () => dailyCourse(this.table(vital), from, intervalMs));
  }

  get news2(): ChartedNews2 {
    return this.once('news2', () => chartNews2(this.recording));
  }

  /** Samples in so many hours. */
  samplesIn(hours: number): number {
    return Math.round((hours * 3_600_000) / this.recording.intervalMs);
  }

  private once<T>(key: string, compute: () => T): T {
    if (!this.kept.has(key)) this.kept.set(key, compute());
    return this.kept.get(key) as T;
  }
}
