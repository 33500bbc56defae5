import { Random } from '../random.js';
import { plausible } from './plausible.js';
import { RECORDED_VITALS, type RecordedVital } from './recorded-vitals.js';
import type { Recording } from './recording.js';
import { mean, standardDeviation } from './statistics.js';
import type { Table } from './table.js';

/**
 * What a simulator without physiology shows: every value an independent normal draw with the mean and the SD that the
 * vital has in the recording. The report must reject it, else the report says nothing.
 */
export function independent(recording: Recording, seed: string): Recording {
  const drawn = {} as Record<RecordedVital, Table>;
  for (const vital of RECORDED_VITALS) drawn[vital] = draws(recording.vitals[vital], vital, seed);
  return { ...recording, vitals: drawn };
}

function draws(table: Table, vital: RecordedVital, seed: string): Table {
  const random = new Random(seed, 'independent', vital);
  const centre = mean(table.values);
  const spread = standardDeviation(table.values);
  const digits = vital === 'temperature' ? 10 : 1;
  const values = table.values.map(() => {
    const value = Math.round((centre + spread * random.normal()) * digits) / digits;
    return plausible(vital, vital === 'spo2' ? Math.min(100, value) : value);
  });
  return { ...table, values };
}
