-- Latest minute of each patient that holds a reading: risk, anomaly and vital signs now.
-- Grain: patient.
CREATE OR REPLACE VIEW gold.patient_latest_risk AS
SELECT *
FROM gold.patient_risk_by_minute
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY patient_id ORDER BY window_start DESC) = 1;
