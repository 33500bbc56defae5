import { VITALS } from '../../schema/vitals.js';

/** The columns of gold.patient_summary that are recomputed: those that must be equal, and the sums. */
export const SUMMARY_SUMS = VITALS.map((vital) => `${vital.name}_sum`);
export const SUMMARY_EXACT = [
  'n',
  'ward',
  ...VITALS.flatMap(({ name }) => [`${name}_n`, `${name}_min`, `${name}_max`, `${name}_last`]),
  'news2_low',
  'news2_high',
  'news2_missing',
  'risk_band',
  'anomaly_score',
  'anomaly_top',
  'anomaly_n',
];

const MINUTE = 60_000;
/** NEWS2 is at most 20: two bounds in one number, the low one first. */
const NEWS2_KEY = 'CASE WHEN news2_high IS NOT NULL THEN news2_low * 100 + news2_high END';

/**
 * gold.patient_summary as SQL says it from current readings, apart from the code of the pipeline: counts, sums, extremes
 * and last value of each vital; the ward of the last reading that names one; the worst NEWS2 and the worst anomaly,
 * of equal ones that of the least reading_id.
 *
 * @param readings relation with `ms` and `position` (current-readings.ts)
 */
export function summaryOf(readings: string): string {
  const vitals = VITALS.map(
    ({ name, scale }) =>
      `count(${name}) AS ${name}_n,
       sum(round(${name} * ${10 ** scale})::BIGINT)::DOUBLE / ${10 ** scale} AS ${name}_sum,
       min(${name})::DOUBLE AS ${name}_min, max(${name})::DOUBLE AS ${name}_max,
       arg_max(${name}, position)::DOUBLE AS ${name}_last`,
  );
  return `(
    SELECT * EXCLUDE (worst_news2), worst_news2 // 100 AS news2_low, worst_news2 % 100 AS news2_high
    FROM (
      SELECT patient_id, ms // ${MINUTE} * ${MINUTE} AS ms, count(*) AS n, arg_max(ward, position) AS ward,
        ${vitals.join(', ')},
        max(${NEWS2_KEY}) AS worst_news2,
        ${ofTheWorst('news2_missing', NEWS2_KEY)} AS news2_missing,
        ${ofTheWorst('news2_band_low', NEWS2_KEY)} AS risk_band,
        max(anomaly_score) AS anomaly_score,
        ${ofTheWorst('anomaly_top', 'anomaly_score')} AS anomaly_top,
        count(*) FILTER (WHERE is_anomaly) AS anomaly_n
      FROM ${readings} r GROUP BY patient_id, r.ms // ${MINUTE}))`;
}

/** A column of the reading with the greatest key, of equal ones that with the least reading_id; a null counts. */
function ofTheWorst(column: string, key: string): string {
  return `arg_min_null(${column}, {'worst': -(${key}), 'id': reading_id}) FILTER (WHERE (${key}) IS NOT NULL)`;
}
