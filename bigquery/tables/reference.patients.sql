-- Rendered from schema/ by `npm run render`: change the schema, not this file.
CREATE TABLE IF NOT EXISTS reference.patients (
  patient_id STRING NOT NULL OPTIONS (description = "Keyed pseudonym in the lake; the id on the wire in a patients file. Restricted: may identify a person."),
  source_patient_id STRING OPTIONS (description = "The id on the wire. Restricted: may identify a person."),
  name STRING OPTIONS (description = "Name of the person. Restricted: may identify a person."),
  birth_date DATE OPTIONS (description = "Date of birth. Restricted: may identify a person."),
  sex STRING OPTIONS (description = "female, male, other or unknown."),
  ward STRING OPTIONS (description = "Ward of the stay."),
  bed STRING OPTIONS (description = "Bed of the stay."),
  device_id STRING OPTIONS (description = "Monitor at the bed."),
  conditions STRING OPTIONS (description = "JSON array of condition names, sorted."),
  spo2_scale INT64 OPTIONS (description = "NEWS2 SpO2 scale: 2 for hypercapnic respiratory failure, else 1."),
  pregnant BOOL OPTIONS (description = "Pregnant: NEWS2 is not applicable."),
  valid_from TIMESTAMP NOT NULL OPTIONS (description = "Start of the stay as described here."),
  valid_to TIMESTAMP OPTIONS (description = "End of the stay as described here; null while it lasts.")
)
CLUSTER BY patient_id
OPTIONS (
  description = "A person and stay. Restricted: with bronze payloads the only place where identities live. Key: patient_id, valid_from.",
  labels = [("application", "vitals"), ("tier", "reference"), ("data", "identifying")]
);
