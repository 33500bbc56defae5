import { NEWS2_PARAMETERS, type News2Parameter } from '../transforms/clinical/news2-parameters.js';
import {
  CARRY_FORWARD_SECONDS,
  NEWS2_CHART,
  NEWS2_CONSCIOUSNESS_POINTS,
  NEWS2_OXYGEN_POINTS,
  NEWS2_RED_POINTS,
  NEWS2_RISK,
  rangeOf,
  type Chart,
} from '../transforms/clinical/thresholds.js';
import { indent, pointsCase } from './chart-sql.js';

/** Where the view is committed, below the project's root. */
export const CARRIED_FORWARD_NEWS2 = 'bigquery/views/gold.carried_forward_news2.sql';

/**
 * The view gold.carried_forward_news2, its points, age limits and bands from the table of thresholds
 * (transforms/clinical/thresholds.ts). A test fails when the committed file differs (npm run render), and another
 * compares what it answers with transforms/clinical/carried-forward.ts.
 */
export function renderCarriedForwardNews2(): string {
  return `-- NEWS2 of each patient from the last known value of every parameter, with the age of each: what is too old is missing.
-- Grain: patient, as of the last current reading.
CREATE OR REPLACE VIEW gold.carried_forward_news2 AS
-- Rendered from transforms/clinical/thresholds.ts by \`npm run render\`: change bigquery/carried-forward-news2.ts.
WITH readings AS (
  -- The position orders readings as everywhere in gold: by event_time, then by reading_id.
  SELECT
    *,
    CONCAT(LPAD(CAST(UNIX_MILLIS(event_time) AS STRING), 16, '0'), reading_id) AS position
  FROM silver.current_patient_vitals
  WHERE status <> 'entered-in-error'
),
last_known AS (
  SELECT
    patient_id,
    MAX(event_time) AS as_of,
    MAX_BY(ward, IF(ward IS NULL, NULL, position)) AS ward,
    NULLIF(MAX_BY(COALESCE(news2_reason, ''), position), '') AS news2_reason,
    COALESCE(MAX_BY(spo2_scale, IF(spo2_scale IS NULL, NULL, position)), 1) AS spo2_scale,
    ${each(lastKnown)}
  FROM readings
  GROUP BY patient_id
),
aged AS (
  SELECT
    *,
    ${each((name) => `(UNIX_MILLIS(as_of) - UNIX_MILLIS(${name}_time)) / 1000 AS ${name}_age_seconds`)}
  FROM last_known
),
carried AS (
  -- Age limits follow the least monitoring that NEWS2 asks for (Royal College of Physicians, 2017): hourly, 3,600 s, for
  -- what a monitor measures all the time; 4-hourly, 14,400 s, for what is measured or observed from time to time.
  SELECT
    patient_id,
    as_of,
    ward,
    news2_reason,
    spo2_scale,
    ${each(carried)}
  FROM aged
),
scored AS (
  -- Points of the chart; null where the parameter is missing. Temperature counts at 0.1, rounded half-up. Without the
  -- oxygen a saturation on scale 2 has two answers: air is the least, oxygen the most.
  SELECT
    *,
    ${[
      `${points('respiratory_rate')} AS respiratory_rate_points`,
      `${spo2Points('IS NOT TRUE')} AS spo2_points_least`,
      `${spo2Points('IS FALSE')} AS spo2_points_most`,
      `${points('systolic_bp')} AS systolic_bp_points`,
      `${points('heart_rate')} AS heart_rate_points`,
      `${consciousnessPoints()} AS consciousness_points`,
      `${points('temperature')} AS temperature_points`,
    ].join(',\n    ')}
  FROM carried
),
bounds AS (
  SELECT
    *,
    ${total('least')}
    + IF(supplemental_oxygen IS TRUE, ${NEWS2_OXYGEN_POINTS}, 0) AS total_low,
    ${total('most')}
    + IF(supplemental_oxygen IS FALSE, 0, ${NEWS2_OXYGEN_POINTS}) AS total_high,
    GREATEST(
      ${coalesced('least').join(',\n      ')}
    ) >= ${NEWS2_RED_POINTS} AS red_certain,
    GREATEST(
      ${coalesced('most').join(',\n      ')}
    ) >= ${NEWS2_RED_POINTS} AS red_possible
  FROM scored
)
SELECT
  patient_id,
  as_of,
  ward,
  spo2_scale,
  ${NEWS2_PARAMETERS.map((name) => `${name},\n  ${name}_age_seconds`).join(',\n  ')},
  IF(news2_reason IS NULL, total_low, NULL) AS news2_low,
  IF(news2_reason IS NULL, total_high, NULL) AS news2_high,
  ${band('total_low', 'red_certain')} AS news2_band_low,
  ${band('total_high', 'red_possible')} AS news2_band_high,
  NULLIF(
    ARRAY_TO_STRING(
      [
        ${NEWS2_PARAMETERS.map((name) => `IF(${name} IS NULL, '${name}', NULL)`).join(',\n        ')}
      ],
      ','
    ),
    ''
  ) AS news2_missing,
  news2_reason
FROM bounds;
`;
}

function each(line: (name: News2Parameter) => string): string {
  return NEWS2_PARAMETERS.map(line).join(',\n    ');
}

function lastKnown(name: News2Parameter): string {
  return `MAX_BY(${name}, IF(${name} IS NULL, NULL, position)) AS ${name},
    MAX(IF(${name} IS NULL, NULL, event_time)) AS ${name}_time`;
}

function carried(name: News2Parameter): string {
  return `${name}_age_seconds,
    IF(${name}_age_seconds <= ${CARRY_FORWARD_SECONDS[name]}, ${name}, NULL) AS ${name}`;
}

function points(vital: 'respiratory_rate' | 'systolic_bp' | 'heart_rate' | 'temperature'): string {
  return indent(pointsCase(vital, NEWS2_CHART[vital]), 4);
}

/** @param onAir of supplemental_oxygen: when scale 2 is read as on air */
function spo2Points(onAir: 'IS NOT TRUE' | 'IS FALSE'): string {
  const nested = (chart: Chart<number>): string => indent(pointsCase('spo2', chart), 6);
  return `CASE
      WHEN spo2_scale = 2 AND supplemental_oxygen ${onAir} THEN ${nested(NEWS2_CHART.spo2_scale_2_air)}
      WHEN spo2_scale = 2 THEN ${nested(NEWS2_CHART.spo2_scale_2_oxygen)}
      ELSE ${nested(NEWS2_CHART.spo2_scale_1)}
    END`;
}

function consciousnessPoints(): string {
  const states = Object.entries(NEWS2_CONSCIOUSNESS_POINTS).map(
    ([state, score]) => `\n      WHEN consciousness = '${state}' THEN ${score}`,
  );
  return `CASE${states.join('')}\n    END`;
}

/** The parameters that a GREATEST can find red, with what counts for a missing one. */
function coalesced(bound: 'least' | 'most'): string[] {
  return NEWS2_PARAMETERS.filter((name) => name !== 'supplemental_oxygen').map((name) => {
    const column = name === 'spo2' ? `spo2_points_${bound}` : `${name}_points`;
    return `COALESCE(${column}, ${bound === 'least' ? 0 : mostOf(name)})`;
  });
}

function total(bound: 'least' | 'most'): string {
  return coalesced(bound).join('\n    + ');
}

function mostOf(name: Exclude<News2Parameter, 'supplemental_oxygen'>): number {
  if (name === 'consciousness') return Math.max(...Object.values(NEWS2_CONSCIOUSNESS_POINTS));
  const chart = NEWS2_CHART[name === 'spo2' ? 'spo2_scale_1' : name];
  return Math.max(...chart.bands.map((each) => each.is));
}

function band(sum: string, red: string): string {
  return `CASE
    WHEN news2_reason IS NOT NULL THEN NULL
    WHEN ${sum} >= ${rangeOf(NEWS2_RISK, 'high').from} THEN 'high'
    WHEN ${sum} >= ${rangeOf(NEWS2_RISK, 'medium').from} THEN 'medium'
    WHEN ${red} THEN 'low-medium'
    ELSE 'low'
  END`;
}
