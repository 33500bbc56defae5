import type { PatientRow } from '../schema/tables/reference-patients.js';
import type { Patient } from './patients.js';

/**
 * A patient as a row of `reference.patients`, with the id on the wire in place of the pseudonym.
 * @param validFrom start of the stay, epoch ms
 */
export function patientRow(patient: Patient, validFrom: number): PatientRow {
  return {
    patient_id: patient.patient_id,
    source_patient_id: patient.patient_id,
    name: patient.name,
    birth_date: patient.birth_date,
    sex: patient.sex,
    ward: patient.ward,
    bed: patient.bed,
    device_id: patient.device_id,
    conditions: JSON.stringify(patient.conditions),
    spo2_scale: patient.spo2_scale,
    pregnant: patient.pregnant,
    valid_from: validFrom,
    valid_to: null,
  };
}

/** The file of `--patients-out`: one JSON object a line, columns in the table's order, times in ISO 8601. */
export function renderPatients(patients: readonly Patient[], validFrom: number): string {
  const from = new Date(validFrom).toISOString();
  return patients
    .map((patient) => JSON.stringify({ ...patientRow(patient, validFrom), valid_from: from }) + '\n')
    .join('');
}
