import { defineTable, type RowOf } from '../column.js';

/** People and stays: the one table that holds identities. */
export const REFERENCE_PATIENTS = defineTable({
  tier: 'reference',
  name: 'patients',
  description: 'A person and stay. Restricted: with bronze payloads the only place where identities live.',
  key: ['patient_id', 'valid_from'],
  partitionBy: null,
  partitionSource: null,
  clusterBy: ['patient_id'],
  columns: [
    {
      name: 'patient_id',
      type: 'string',
      required: true,
      identifying: true,
      description: 'Keyed pseudonym in the lake; the id on the wire in a patients file.',
    },
    {
      name: 'source_patient_id',
      type: 'string',
      required: false,
      identifying: true,
      description: 'The id on the wire.',
    },
    { name: 'name', type: 'string', required: false, identifying: true, description: 'Name of the person.' },
    { name: 'birth_date', type: 'date', required: false, identifying: true, description: 'Date of birth.' },
    { name: 'sex', type: 'string', required: false, dictionary: true, description: 'female, male, other or unknown.' },
    { name: 'ward', type: 'string', required: false, dictionary: true, description: 'Ward of the stay.' },
    { name: 'bed', type: 'string', required: false, dictionary: true, description: 'Bed of the stay.' },
    { name: 'device_id', type: 'string', required: false, dictionary: true, description: 'Monitor at the bed.' },
    {
      name: 'conditions',
      type: 'string',
      required: false,
      dictionary: true,
      description: 'JSON array of condition names, sorted.',
    },
    {
      name: 'spo2_scale',
      type: 'int32',
      required: false,
      description: 'NEWS2 SpO2 scale: 2 for hypercapnic respiratory failure, else 1.',
    },
    { name: 'pregnant', type: 'boolean', required: false, description: 'Pregnant: NEWS2 is not applicable.' },
    { name: 'valid_from', type: 'timestamp', required: true, description: 'Start of the stay as described here.' },
    {
      name: 'valid_to',
      type: 'timestamp',
      required: false,
      description: 'End of the stay as described here; null while it lasts.',
    },
  ],
});

export type PatientRow = RowOf<typeof REFERENCE_PATIENTS>;
