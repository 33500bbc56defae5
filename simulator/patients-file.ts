import type { PatientRow } from '../schema/tables/reference-patients.js';
import type { Patient } from './patients.js';

/**
 * A patient as a row of `reference.patients`, with the id on the wire in place of the pseudonym.
 * @param validFrom start of the stay, epoch ms
 * @param validTo its end; null while it lasts
 */
export function patientRow(patient: Patient, validFrom: number, validTo: number | null = null): PatientRow {
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
    valid_to: validTo,
  };
}

/** A row of the file of `--patients-out`: JSON, columns in the table's order, times in ISO 8601. */
export function renderPatientRow(row: PatientRow): string {
  const { valid_from, valid_to } = row;
  return `${JSON.stringify({ ...row, valid_from: iso(valid_from), valid_to: valid_to === null ? null : iso(valid_to) })}\n`;
}

/** The file of `--patients-out` where everybody stays: one JSON object a line. */
export function renderPatients(patients: readonly Patient[], validFrom: number): string {
  return patients.map((patient) => renderPatientRow(patientRow(patient, validFrom))).join('');
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
