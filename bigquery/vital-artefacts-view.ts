import {
  CONTEXT_LIMITS,
  KNOWN_WITHIN_MINUTES,
  NEIGHBOUR_MINUTES,
  NO_SIGNAL_MINUTES,
  type ContextLimit,
} from '../transforms/artefact/context-limits.js';

/** Where the view is committed, below the project's root. */
export const VITAL_ARTEFACTS = 'bigquery/views/gold.vital_artefacts.sql';

const MINUTE_MS = 60_000;
const OF_VITAL = 'PARTITION BY patient_id, vital ORDER BY ms';
const SO_FAR = 'ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW';

/**
 * The view gold.vital_artefacts, its limits from transforms/artefact/context-limits.ts. A test fails when the committed file
 * differs (npm run render), and another compares what it answers with plain TypeScript.
 */
export function renderVitalArtefactsView(): string {
  return `-- Stretches in which a vital looks like its sensor rather than its patient: flat line, jump, no signal (docs/artefacts.md).
-- Grain: patient x vital x kind x start.
CREATE OR REPLACE VIEW gold.vital_artefacts AS
-- Rendered from transforms/artefact/context-limits.ts by \`npm run render\`: change bigquery/vital-artefacts-view.ts.
WITH latest AS (
  SELECT *
  FROM gold.patient_summary
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY patient_id, window_start ORDER BY order_key DESC) = 1
),
minutes AS (
${CONTEXT_LIMITS.map(minutesOf).join('\n  UNION ALL\n')}
),
numbered AS (
  SELECT
    *,
    SUM(IF(vital_n > 0, 1, 0)) OVER (${OF_VITAL} ${SO_FAR}) AS known
  FROM minutes
),
no_signal AS (
  SELECT
    patient_id,
    vital,
    'no_signal' AS kind,
    MIN(IF(vital_n = 0, window_start, NULL)) AS started_at,
    MAX(window_start) AS ended_at,
    COUNTIF(vital_n = 0) AS minutes,
    CAST(NULL AS FLOAT64) AS value
  FROM numbered
  WHERE continuous AND known > 0
  GROUP BY patient_id, vital, known
  HAVING COUNTIF(vital_n = 0) >= ${NO_SIGNAL_MINUTES}
    AND MIN(IF(vital_n = 0, ms, NULL)) - MIN(IF(vital_n > 0, ms, NULL)) <= ${KNOWN_WITHIN_MINUTES * MINUTE_MS}
),
neighbours AS (
  SELECT
    *,
    LAG(ms) OVER (${OF_VITAL}) AS ms_before,
    LEAD(ms) OVER (${OF_VITAL}) AS ms_after,
    LAG(least) OVER (${OF_VITAL}) AS least_before,
    LAG(greatest) OVER (${OF_VITAL}) AS greatest_before,
    LAG(average) OVER (${OF_VITAL}) AS average_before,
    LEAD(average) OVER (${OF_VITAL}) AS average_after
  FROM minutes
  WHERE vital_n > 0
),
jumps AS (
  SELECT
    patient_id,
    vital,
    'jump' AS kind,
    window_start AS started_at,
    window_start AS ended_at,
    1 AS minutes,
    average AS value
  FROM neighbours
  WHERE ms - ms_before <= ${NEIGHBOUR_MINUTES * MINUTE_MS}
    AND ms_after - ms <= ${NEIGHBOUR_MINUTES * MINUTE_MS}
    AND ABS(average - average_before) > jump_limit
    AND ABS(average - average_after) > jump_limit
    AND ABS(average_after - average_before) <= jump_limit / 2
),
runs AS (
  SELECT
    *,
    SUM(
      CASE
        WHEN least = greatest
          AND least = least_before
          AND greatest = greatest_before
          AND ms - ms_before <= ${NEIGHBOUR_MINUTES * MINUTE_MS} THEN 0
        ELSE 1
      END
    ) OVER (${OF_VITAL} ${SO_FAR}) AS run
  FROM neighbours
  WHERE flat_limit IS NOT NULL
),
flat_lines AS (
  SELECT
    patient_id,
    vital,
    'flat_line' AS kind,
    MIN(window_start) AS started_at,
    MAX(window_start) AS ended_at,
    COUNT(*) AS minutes,
    MAX(least) AS value
  FROM runs
  GROUP BY patient_id, vital, run
  HAVING MAX(ms) - MIN(ms) + ${MINUTE_MS} >= MIN(flat_limit) * ${MINUTE_MS}
)
SELECT * FROM no_signal
UNION ALL
SELECT * FROM jumps
UNION ALL
SELECT * FROM flat_lines;
`;
}

/** The minutes of one vital, those without it too, beside the limits that it is held against. */
function minutesOf({ vital, flatMinutes, jump, continuous }: ContextLimit): string {
  return `  SELECT
    patient_id,
    window_start,
    UNIX_MILLIS(window_start) AS ms,
    '${vital}' AS vital,
    ${vital}_n AS vital_n,
    ${vital}_min AS least,
    ${vital}_max AS greatest,
    SAFE_DIVIDE(${vital}_sum, ${vital}_n) AS average,
    CAST(${flatMinutes ?? 'NULL'} AS INT64) AS flat_limit,
    CAST(${jump ?? 'NULL'} AS FLOAT64) AS jump_limit,
    ${continuous ? 'TRUE' : 'FALSE'} AS continuous
  FROM latest
  WHERE n > 0`;
}
