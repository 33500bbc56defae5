import type { DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api';
import type { FeatureSource } from '../../model/features.js';
import { VITAL_NAMES } from '../../schema/vitals.js';

/** Numbers of a reading that features are read from, in the order of {@link SILVER_COLUMNS}. */
const NUMBERS = [...VITAL_NAMES, 'age'] as const;

/** The columns that a block is made from: whose and when, then numbers, then the one that is true or false. */
export const SILVER_COLUMNS: readonly string[] = [
  'patient_id',
  'ward',
  'epoch_ms(event_time)::DOUBLE AS event_time',
  ...NUMBERS.map((name) => `${name}::DOUBLE AS ${name}`),
  'supplemental_oxygen',
];

const FIRST_NUMBER = 3;

/** Some readings of silver, in columns. */
export interface SilverBlock {
  readonly count: number;
  readonly patients: readonly string[];
  readonly wards: readonly (string | null)[];
  /** Epoch milliseconds. */
  readonly times: Float64Array;
  /** A reading as features are read from it: the same object each time, filled anew. */
  reading(index: number): FeatureSource;
}

/** A chunk of a query of {@link SILVER_COLUMNS}. */
export function silverBlock(chunk: DuckDBDataChunk): SilverBlock {
  const columns = chunk.getColumns();
  const texts = (place: number) => columns[place] as readonly (string | null)[];
  const reading: Record<string, number | boolean | null> = {};
  const oxygen = columns[FIRST_NUMBER + NUMBERS.length] as readonly (boolean | null)[];
  const times = Float64Array.from(columns[FIRST_NUMBER - 1] as readonly number[]);
  return {
    count: chunk.rowCount,
    patients: texts(0) as readonly string[],
    wards: texts(1),
    times,
    reading: (index) => {
      for (const [i, name] of NUMBERS.entries()) reading[name] = numberAt(columns[FIRST_NUMBER + i]!, index);
      reading['supplemental_oxygen'] = oxygen[index] ?? null;
      reading['event_time'] = times[index]!;
      return reading as unknown as FeatureSource;
    },
  };
}

function numberAt(column: readonly DuckDBValue[], index: number): number | null {
  return (column[index] as number | null | undefined) ?? null;
}
