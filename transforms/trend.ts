import { globally, register, type PCollection } from '../beam/index.js';
import { HourTable } from './hour-table.js';
import { apply, parDo, type Block, type Transform } from './block.js';
import { dealToBuckets } from './bucket.js';
import { blocksByWindow, groupBlocks, intoWindows, ONE_HOUR, type WindowedBlock } from './window.js';
import type { SilverRow } from '../schema/tables/silver-patient-vitals.js';
import { addToHour, type VitalHour } from './vital-hour.js';

export { emptyVitalHour, vitalHourFromRow, vitalsHourlyRow, type VitalHour } from './vital-hour.js';

/**
 * Combines readings into one accumulator a patient, vital and hour of event time: count, sum and extremes.
 *
 * Stands beside silver, before any shuffle, as summarize does.
 *
 * In: scored readings, the current version of each only; tombstones are passed over. Out: accumulators, one a key that
 * has a value. Delivery: pure; any partition and order of the same readings merges to the same rows.
 */
export function trend(readings: readonly SilverRow[]): VitalHour[] {
  const table = new HourTable();
  table.add(readings);
  return table.take();
}

/**
 * One accumulator for what two of the same patient, vital and hour hold; neither is changed.
 * Associative and commutative; the empty hour is neutral. Both must be of different readings: a merge adds.
 */
export function mergeVitalHours(a: VitalHour, b: VitalHour): VitalHour {
  const merged = { ...a };
  addToHour(merged, b.n, b.sum, b.min, b.max, b.last_event_time, b.ward);
  return merged;
}

/** Combines all blocks of a bundle, so that patient-hours are shuffled and neither readings nor patient-minutes. */
export class TrendReadings {
  /** Of the running bundle; made anew with each, because a DoFn is used again. */
  table: HourTable | null = null;

  constructor(readonly buckets: number) {}

  startBundle(): void {
    this.table = new HourTable();
  }

  *process(block: Block<SilverRow>): Generator<WindowedBlock<VitalHour>> {
    this.table?.add(block);
  }

  *finishBundle(): Generator<unknown> {
    for (const [bucket, hours] of dealToBuckets(this.table?.take() ?? [], this.buckets).entries()) {
      for (const block of blocksByWindow(hours, String(bucket))) yield globally(block);
    }
  }
}

/** Merges what several bundles have of the same hours. */
export class MergeVitalHours {
  *process(group: { readonly value: Iterable<WindowedBlock<VitalHour>> }): Generator<Block<VitalHour>> {
    const merged = new Map<string, VitalHour>();
    for (const block of group.value) {
      for (const hour of block.rows) {
        const key = hour.patient_id + hour.vital;
        const known = merged.get(key);
        merged.set(key, known === undefined ? hour : mergeVitalHours(known, hour));
      }
    }
    yield [...merged.values()];
  }
}

/** {@link trend} over blocks, merged by hour. @param buckets as windowBlocks has them */
export function trendBlocks(buckets = 1): Transform<Block<SilverRow>, PCollection<Block<VitalHour>>> {
  return (input) => {
    const combined = apply(input, 'Combine', parDo(new TrendReadings(buckets)));
    return apply(groupBlocks(intoWindows(combined, ONE_HOUR), buckets), 'Merge', parDo(new MergeVitalHours()));
  };
}

register('transforms/trend', { TrendReadings, MergeVitalHours });
