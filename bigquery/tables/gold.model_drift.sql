-- Rendered from schema/ by `npm run render`: change the schema, not this file.
CREATE TABLE IF NOT EXISTS gold.model_drift (
  model_id STRING NOT NULL OPTIONS (description = "Model whose training rows the readings are compared with."),
  ward STRING NOT NULL OPTIONS (description = "Ward, unknown where a reading names none, or * for the whole hospital."),
  window_start TIMESTAMP NOT NULL OPTIONS (description = "Start of the hour of event time."),
  feature STRING NOT NULL OPTIONS (description = "Feature of the model."),
  n INT64 NOT NULL OPTIONS (description = "Readings, each by its current version."),
  patients INT64 NOT NULL OPTIONS (description = "Patients that they are of."),
  compared_with STRING NOT NULL OPTIONS (description = "ward where the model knows the ward's own training rows, else hospital: all of them."),
  missing_share FLOAT64 NOT NULL OPTIONS (description = "Share of them without the feature."),
  reference_missing_share FLOAT64 NOT NULL OPTIONS (description = "Share of the training rows without it."),
  psi FLOAT64 NOT NULL OPTIONS (description = "Population stability index over the deciles of the training rows, missing as a bin of its own."),
  ks FLOAT64 OPTIONS (description = "Kolmogorov-Smirnov distance over the same bins, of the values that are there; null where none is."),
  ks_critical FLOAT64 NOT NULL OPTIONS (description = "What ks must exceed to be more than chance with as many patients (risk 0.001)."),
  verdict STRING NOT NULL OPTIONS (description = "too_few, stable, chance, moderate or major."),
  alert BOOL NOT NULL OPTIONS (description = "The verdict is major: somebody must look."),
  recorded_at TIMESTAMP NOT NULL OPTIONS (description = "When it was recorded.")
)
CLUSTER BY ward, feature
OPTIONS (
  description = "Drift of the features of a model per ward and hour, append-only: PSI, KS and a verdict. Key: model_id, ward, window_start, feature, recorded_at.",
  labels = [("application", "vitals"), ("tier", "gold"), ("data", "pseudonymous")]
);
