import { register, type PCollection } from '../beam/index.js';
import { apply, parDo, type Block, type Transform } from './block.js';
import { blocksByWindow, groupByBucket, intoWindows, type WindowedBlock } from './window.js';
import { VITALS } from '../schema/vitals.js';
import type { SilverRow } from '../schema/tables/silver-patient-vitals.js';
import { VITAL_COUNT, VITAL_FACTORS } from './scaled-vitals.js';
import { addToHour, emptyVitalHour, type VitalHour } from './vital-hour.js';
import { ONE_HOUR, windowStart } from './window.js';

export { emptyVitalHour, vitalHourFromRow, vitalsHourlyRow, type VitalHour } from './vital-hour.js';

/** The hours of one patient, a place a vital; null while it has no value. */
type Hours = (VitalHour | null)[];

const NO_HOURS: Hours = new Array<null>(VITAL_COUNT).fill(null);

/**
 * Combines readings into one accumulator a patient, vital and hour of event time: count, sum and extremes.
 *
 * Stands beside silver, before any shuffle, as summarize does.
 *
 * In: scored readings, the current version of each only; tombstones are passed over. Out: accumulators, one a key that
 * has a value. Delivery: pure; any partition and order of the same readings merges to the same rows.
 */
export function trend(readings: readonly SilverRow[]): VitalHour[] {
  const hours: VitalHour[] = [];
  const byWindow = new Map<number, Map<string, Hours>>();
  let start = NaN;
  let byPatient = new Map<string, Hours>();
  for (const reading of readings) {
    if (reading.status === 'entered-in-error') continue;
    const window = windowStart(reading.event_time, ONE_HOUR);
    if (window !== start) {
      start = window;
      byPatient = byWindow.get(window) ?? new Map<string, Hours>();
      byWindow.set(window, byPatient);
    }
    let ofPatient = byPatient.get(reading.patient_id);
    if (ofPatient === undefined) byPatient.set(reading.patient_id, (ofPatient = NO_HOURS.slice()));
    add(hours, ofPatient, 0, reading.heart_rate, reading, window);
    add(hours, ofPatient, 1, reading.respiratory_rate, reading, window);
    add(hours, ofPatient, 2, reading.spo2, reading, window);
    add(hours, ofPatient, 3, reading.systolic_bp, reading, window);
    add(hours, ofPatient, 4, reading.diastolic_bp, reading, window);
    add(hours, ofPatient, 5, reading.mean_bp, reading, window);
    add(hours, ofPatient, 6, reading.temperature, reading, window);
    add(hours, ofPatient, 7, reading.glucose, reading, window);
  }
  return hours;
}

function add(
  hours: VitalHour[],
  ofPatient: Hours,
  vital: number,
  value: number | null,
  reading: SilverRow,
  window: number,
): void {
  if (value === null) return;
  let hour = ofPatient[vital] as VitalHour | null;
  if (hour === null) {
    hour = emptyVitalHour(reading.patient_id, VITALS[vital]!.name, window);
    ofPatient[vital] = hour;
    hours.push(hour);
  }
  const scaled = Math.round(value * (VITAL_FACTORS[vital] as number));
  addToHour(hour, 1, scaled, scaled, scaled, reading.event_time, reading.ward);
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

/** Combines a block inside its bundle, so that patient-hours are shuffled and not readings. */
export class TrendReadings {
  *process(block: Block<SilverRow>): Generator<WindowedBlock<VitalHour>> {
    yield* blocksByWindow(trend(block));
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

/** {@link trend} over blocks, merged by hour. */
export function trendBlocks(): Transform<Block<SilverRow>, PCollection<Block<VitalHour>>> {
  return (input) => {
    const combined = apply(input, 'Combine', parDo(new TrendReadings()));
    return apply(groupByBucket(intoWindows(combined, ONE_HOUR)), 'Merge', parDo(new MergeVitalHours()));
  };
}

register('transforms/trend', { TrendReadings, MergeVitalHours });
