-- Current version of each reading; a reading that was withdrawn shows with status entered-in-error.
-- Grain: reading (reading_id).
CREATE OR REPLACE VIEW silver.current_patient_vitals AS
-- The one total order of versions: status, then the sender's own time, then content; never a time of arrival.
-- A reading belongs to one patient; naming the patient here lets a filter on patient_id reach the table.
SELECT *
FROM silver.patient_vitals
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY patient_id, reading_id
  ORDER BY
    CASE status WHEN 'entered-in-error' THEN 2 WHEN 'corrected' THEN 1 ELSE 0 END DESC,
    sent_time DESC NULLS LAST,
    content_hash DESC
) = 1;
