-- Alerts of one patient and rule that follow each other within 15 minutes, joined into episodes (gaps and islands).
-- Grain: patient x rule x episode (numbered from 1 in order of time).
CREATE OR REPLACE VIEW gold.alert_episodes AS
WITH marked AS (
  SELECT
    event_date,
    patient_id,
    rule,
    ward,
    alert_id,
    event_time,
    CASE severity WHEN 'critical' THEN 3 WHEN 'urgent' THEN 2 ELSE 1 END AS severity_rank,
    -- 900,000 ms: a pause longer than this ends an episode.
    CASE
      WHEN UNIX_MILLIS(event_time) - UNIX_MILLIS(
        LAG(event_time) OVER (PARTITION BY patient_id, rule ORDER BY event_time, alert_id)
      ) <= 900000 THEN 0
      ELSE 1
    END AS starts
  FROM gold.current_alerts
),
numbered AS (
  SELECT
    *,
    CAST(
      SUM(starts) OVER (
        PARTITION BY patient_id, rule
        ORDER BY event_time, alert_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      ) AS INT64
    ) AS episode
  FROM marked
)
SELECT
  patient_id,
  rule,
  episode,
  MIN(event_date) AS event_date,
  MIN(event_time) AS started_at,
  MAX(event_time) AS ended_at,
  CAST((UNIX_MILLIS(MAX(event_time)) - UNIX_MILLIS(MIN(event_time))) / 1000 AS FLOAT64) AS duration_seconds,
  COUNT(*) AS alerts,
  CASE MAX(severity_rank) WHEN 3 THEN 'critical' WHEN 2 THEN 'urgent' ELSE 'warning' END AS severity,
  NULLIF(
    MAX_BY(COALESCE(ward, ''), CONCAT(LPAD(CAST(UNIX_MILLIS(event_time) AS STRING), 16, '0'), alert_id)), ''
  ) AS ward
FROM numbered
GROUP BY patient_id, rule, episode;
