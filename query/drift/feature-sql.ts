import type { FeatureName } from '../../model/features.js';
import { VITAL_NAMES } from '../../schema/vitals.js';

/**
 * The derived features in SQL: as model/features/derived.ts has them, not as silver's rounded columns. A test holds them together.
 * Not the time of day: an hour never looks like the day that a model was trained on.
 */
const DERIVED: Readonly<Record<string, string>> = {
  mean_arterial_pressure: '(systolic_bp + 2 * diastolic_bp) / 3.0::DOUBLE',
  pulse_pressure: 'systolic_bp - diastolic_bp',
  shock_index: 'heart_rate / nullif(systolic_bp, 0)::DOUBLE',
};

const COLUMNS: readonly string[] = [...VITAL_NAMES, 'age', 'supplemental_oxygen'];

/**
 * A feature over a row of silver, as a DOUBLE, null where it is missing: what featureFiller gives of the same reading. Null for a
 * feature that cannot be compared hour by hour over silver, such as one of a patient's past.
 */
export function featureSql({ name }: Pick<FeatureName, 'name'>): string | null {
  if (COLUMNS.includes(name)) return `CAST(${name} AS DOUBLE)`;
  return Object.hasOwn(DERIVED, name) ? `CAST(${DERIVED[name]} AS DOUBLE)` : null;
}
