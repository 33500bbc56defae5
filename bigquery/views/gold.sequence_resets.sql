-- Where a device's own counter went back: a restart of the device, or another one under its name. Accepted as it came (a
-- sequence is no order of time), and shown here, because only neighbours can tell.
-- Grain: reading whose sequence is below that of the same device's reading before it.
CREATE OR REPLACE VIEW gold.sequence_resets AS
WITH counted AS (
  SELECT
    event_date,
    patient_id,
    device_id,
    ward,
    reading_id,
    event_time,
    sequence,
    LAG(sequence) OVER (PARTITION BY patient_id, device_id ORDER BY event_time, reading_id) AS previous_sequence
  FROM silver.current_patient_vitals
  WHERE sequence IS NOT NULL AND device_id IS NOT NULL AND status <> 'entered-in-error'
)
SELECT *
FROM counted
WHERE sequence < previous_sequence;
