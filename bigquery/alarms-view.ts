import type { AlarmRule, AlarmRuleSet } from '../transforms/alarms/alarm-rule.js';
import { STANDARD } from '../transforms/alarms/rule-sets.js';

/** Where the view is committed, below the project's root. */
export const ALARMS = 'bigquery/views/gold.alarms.sql';

const OF_RULE = 'PARTITION BY patient_id, rule ORDER BY ms';
const OF_SEGMENT = 'PARTITION BY patient_id, rule, segment ORDER BY ms';
const SO_FAR = 'ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW';

/** An oximeter and a transducer that show 0 show nothing (transforms/artefact/sensor-evidence.ts). */
const ZERO_IS_NO_VALUE: readonly string[] = ['spo2', 'systolic_bp'];

/**
 * The view gold.alarms: the rules of a set at the grain of minutes, with the semantics of
 * transforms/alarms/alarm-machine.ts, where a minute is one value at its start (all of it beyond, all of it safe). A test
 * fails when the committed file differs (npm run render), and a property test compares the two.
 */
export function renderAlarmsView(set: AlarmRuleSet = STANDARD): string {
  return `-- Alarms by the rules of the set ${set.name}, version ${set.version}, with delay, hysteresis and re-arm (docs/alarms.md).
-- Grain: patient x rule x onset.
CREATE OR REPLACE VIEW gold.alarms AS
-- Rendered from transforms/alarms/rule-sets.ts by \`npm run render\`: change bigquery/alarms-view.ts.
WITH latest AS (
  SELECT *
  FROM gold.patient_summary
  WHERE TRUE
  QUALIFY ROW_NUMBER() OVER (PARTITION BY patient_id, window_start ORDER BY order_key DESC) = 1
),
minutes AS (
  SELECT
    *,
    UNIX_MILLIS(window_start) AS ms,
    MAX(UNIX_MILLIS(window_start)) OVER (PARTITION BY patient_id) AS last_ms
  FROM latest
  WHERE n > 0
),
signals AS (
${set.rules.map(signalsOf).join('\n  UNION ALL\n')}
),
parted AS (
  -- A pause longer than gap_ms ends what is known: nothing is carried over it.
  SELECT
    *,
    CASE WHEN ms - LAG(ms) OVER (${OF_RULE}) <= gap_ms THEN 0 ELSE 1 END AS parts
  FROM signals
),
segmented AS (
  SELECT
    *,
    SUM(parts) OVER (${OF_RULE} ${SO_FAR}) AS segment
  FROM parted
),
numbered AS (
  -- Rows beyond the limit share a number with the last row that was not; so do safe rows.
  SELECT
    *,
    SUM(IF(beyond, 0, 1)) OVER (${OF_SEGMENT} ${SO_FAR}) AS beyond_run,
    SUM(IF(safe, 0, 1)) OVER (${OF_SEGMENT} ${SO_FAR}) AS safe_run,
    MAX(window_start) OVER (PARTITION BY patient_id, rule, segment) AS segment_end
  FROM segmented
),
timed AS (
  SELECT
    *,
    MIN(IF(beyond, window_start, NULL)) OVER (PARTITION BY patient_id, rule, segment, beyond_run) AS onset,
    MIN(IF(safe, window_start, NULL)) OVER (PARTITION BY patient_id, rule, segment, safe_run) AS safe_since
  FROM numbered
),
decided AS (
  SELECT
    *,
    CASE
      WHEN beyond AND ms - UNIX_MILLIS(onset) >= delay_ms THEN 1
      WHEN safe AND ms - UNIX_MILLIS(safe_since) >= clear_ms THEN 0
    END AS decision
  FROM timed
),
changed AS (
  SELECT
    *,
    COALESCE(LAG(decision) OVER (${OF_SEGMENT}), 0) AS decision_before
  FROM decided
  WHERE decision IS NOT NULL
),
edges AS (
  SELECT
    *,
    LEAD(window_start) OVER (${OF_SEGMENT}) AS cleared_at
  FROM changed
  WHERE decision <> decision_before
),
raised AS (
  SELECT
    patient_id,
    ward,
    rule,
    severity,
    above,
    rearm_ms,
    onset,
    window_start AS raised_at,
    ms AS raised_ms,
    last_ms,
    CASE
      WHEN cleared_at IS NOT NULL THEN 'cleared'
      WHEN last_ms - UNIX_MILLIS(segment_end) > gap_ms THEN 'lost'
      ELSE 'on'
    END AS state,
    CASE
      WHEN cleared_at IS NOT NULL THEN cleared_at
      WHEN last_ms - UNIX_MILLIS(segment_end) > gap_ms THEN segment_end
    END AS ended_at
  FROM edges
  WHERE decision = 1
),
rearmed AS (
  SELECT
    *,
    CASE
      WHEN raised_ms - LAG(UNIX_MILLIS(ended_at)) OVER (PARTITION BY patient_id, rule ORDER BY raised_ms) <= rearm_ms
        THEN 0
      ELSE 1
    END AS is_new
  FROM raised
),
joined AS (
  SELECT
    *,
    SUM(is_new) OVER (PARTITION BY patient_id, rule ORDER BY raised_ms ${SO_FAR}) AS alarm
  FROM rearmed
),
alarms AS (
  SELECT
    patient_id,
    rule,
    severity,
    above,
    last_ms,
    NULLIF(MIN_BY(COALESCE(ward, ''), IF(raised_ms IS NULL, NULL, raised_ms)), '') AS ward,
    MIN(onset) AS onset,
    MIN(raised_at) AS raised_at,
    IF(COUNTIF(ended_at IS NULL) > 0, NULL, MAX(ended_at)) AS ended_at,
    MAX_BY(state, IF(raised_ms IS NULL, NULL, raised_ms)) AS state
  FROM joined
  GROUP BY patient_id, rule, severity, above, last_ms, alarm
)
SELECT
  SUBSTR(
    REPLACE(
      REPLACE(
        TO_BASE64(
          SHA256(
            CONCAT(a.patient_id, '|', a.rule, '|${set.name}|${set.version}|', CAST(UNIX_MILLIS(a.onset) AS STRING))
          )
        ),
        '+',
        '-'
      ),
      '/',
      '_'
    ),
    1,
    22
  ) AS alarm_id,
  a.patient_id,
  a.rule,
  a.severity,
  a.ward,
  MIN(s.event_date) AS event_date,
  a.onset,
  a.raised_at,
  a.ended_at,
  a.state,
  IF(a.above, MAX(s.greatest), MIN(s.least)) AS worst
FROM alarms AS a
INNER JOIN signals AS s
  ON s.patient_id = a.patient_id
  AND s.rule = a.rule
  AND s.ms >= UNIX_MILLIS(a.onset)
  AND s.ms <= COALESCE(UNIX_MILLIS(a.ended_at), a.last_ms)
GROUP BY
  a.patient_id, a.rule, a.severity, a.above, a.ward, a.onset, a.raised_at, a.ended_at, a.state;
`;
}

/** The minutes that hold the value of a rule, each beyond its limit, safe, or neither. */
function signalsOf(rule: AlarmRule): string {
  const [least, greatest] =
    rule.field === 'news2_low' ? ['news2_low', 'news2_low'] : [`${rule.field}_min`, `${rule.field}_max`];
  const above = rule.side === 'above';
  const beyond = above ? `${least} >= ${rule.raiseAt}` : `${greatest} <= ${rule.raiseAt}`;
  const safe = above ? `${greatest} <= ${rule.clearAt}` : `${least} >= ${rule.clearAt}`;
  const conditions = [
    `${least} IS NOT NULL`,
    ...(ZERO_IS_NO_VALUE.includes(rule.field) ? [`${greatest} > 0`] : []),
    ...(rule.appliesTo === 'news2' && rule.field !== 'news2_low' ? ['news2_low IS NOT NULL'] : []),
  ];
  return `  SELECT
    patient_id,
    ward,
    event_date,
    window_start,
    ms,
    last_ms,
    '${rule.name}' AS rule,
    '${rule.severity}' AS severity,
    ${above ? 'TRUE' : 'FALSE'} AS above,
    CAST(${least} AS FLOAT64) AS least,
    CAST(${greatest} AS FLOAT64) AS greatest,
    ${beyond} AS beyond,
    ${safe} AS safe,
    ${rule.delaySeconds * 1000} AS delay_ms,
    ${rule.clearSeconds * 1000} AS clear_ms,
    ${rule.rearmSeconds * 1000} AS rearm_ms,
    ${rule.gapSeconds * 1000} AS gap_ms
  FROM minutes
  WHERE ${conditions.join(' AND ')}`;
}
