-- Every version of each reading, and when it was the current one: from known_from until known_to (exclusive; null while
-- it is current). What was known at a time T: WHERE known_from <= T AND (known_to IS NULL OR known_to > T).
-- Grain: version (reading_id, content_hash).
CREATE OR REPLACE VIEW silver.patient_vitals_versions AS
WITH versions AS (
  -- Rows from before there was known_from count as known for ever.
  SELECT * REPLACE (COALESCE(known_from, TIMESTAMP '1970-01-01 00:00:00+00') AS known_from)
  FROM silver.patient_vitals
),
-- A version is superseded by the first arrival of any that is greater in the one total order, as in current_patient_vitals.
ranked AS (
  SELECT
    *,
    MIN(known_from) OVER (
      PARTITION BY patient_id, reading_id
      ORDER BY
        CASE status WHEN 'entered-in-error' THEN 2 WHEN 'corrected' THEN 1 ELSE 0 END DESC,
        sent_time DESC NULLS LAST,
        content_hash DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS superseded_at
  FROM versions
)
SELECT
  * EXCEPT (superseded_at),
  -- One that came after a better one was never current: its interval is empty.
  CASE WHEN superseded_at < known_from THEN known_from ELSE superseded_at END AS known_to,
  COALESCE(superseded_at <= known_from, FALSE) AS never_current
FROM ranked;
