-- Drift of the newest hour that was measured: the row recorded last holds; alert is true where somebody must look.
-- Grain: model x ward x feature.
CREATE OR REPLACE VIEW gold.model_drift_latest AS
SELECT *
FROM gold.model_drift
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY model_id, ward, feature ORDER BY window_start DESC, recorded_at DESC) = 1;
