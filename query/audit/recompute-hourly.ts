import { VITALS } from '../../schema/vitals.js';

/** The columns of gold.vitals_hourly that are recomputed: those that must be equal, and the sum. */
export const HOURLY_EXACT = ['n', 'min_value', 'max_value', 'last_ms', 'ward'];
export const HOURLY_SUMS = ['sum_value'];

const HOUR = 3_600_000;

/**
 * gold.vitals_hourly as SQL says it from current readings, apart from the code of the pipeline: count, sum and extremes
 * of each vital, when it was last measured, and the ward there and then (the greatest name where readings share it).
 *
 * @param readings relation with `ms` (current-readings.ts)
 */
export function hourlyOf(readings: string): string {
  const vitals = VITALS.map(
    ({ name, scale }) =>
      `{'vital': '${name}', 'n': count(${name}),
        'sum_value': sum(round(${name} * ${10 ** scale})::BIGINT)::DOUBLE / ${10 ** scale},
        'min_value': min(${name})::DOUBLE, 'max_value': max(${name})::DOUBLE,
        'last_ms': max(ms) FILTER (WHERE ${name} IS NOT NULL),
        'ward': arg_max_null(ward, ward_position) FILTER (WHERE ${name} IS NOT NULL)}`,
  );
  return `(
    SELECT patient_id, vital.vital AS vital, hour AS ms, vital.n AS n, vital.sum_value AS sum_value,
      vital.min_value AS min_value, vital.max_value AS max_value, vital.last_ms AS last_ms, vital.ward AS ward
    FROM (
      SELECT patient_id, ms // ${HOUR} * ${HOUR} AS hour, unnest([${vitals.join(', ')}]) AS vital
      FROM (SELECT *, lpad(ms::VARCHAR, 15, '0') || coalesce(ward, '') AS ward_position FROM ${readings})
      GROUP BY patient_id, hour)
    WHERE vital.n > 0)`;
}
