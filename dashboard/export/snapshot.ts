import type { DashboardSnapshot, PatientAnswer } from '../api.js';
import type { Answers } from '../queries/answers.js';
import { iso } from '../queries/moment.js';

/** Patients by risk, and alerts, newest first. */
const PATIENTS = 200;
const ALERTS = 1_000;
/** Patients with alerts who are not among the highest risks. */
const MORE_PATIENTS = 100;

const ANY = { status: null, severity: null, ward: null, rule: null, patient: null, from: null, to: null } as const;

/**
 * Everything that the pages show of one moment.
 *
 * @param asOf epoch ms; null for now
 * @param now epoch ms
 */
export async function snapshotOf(answers: Answers, asOf: number | null, now: number): Promise<DashboardSnapshot> {
  // One moment for all questions, also while a pipeline goes on writing.
  const moment = asOf ?? Math.max(now, answers.store.commits.last?.committed_at ?? now);
  const hospital = await answers.hospital({ ward: null, limit: PATIENTS }, moment);
  const alerts = await answers.alerts({ ...ANY, limit: ALERTS }, moment);
  const pipeline = await answers.pipeline(moment);
  const listed = hospital.patients.map((patient) => patient.patient_id);
  const alerted = alerts.alerts.map((alert) => alert.patient_id).filter((id) => !listed.includes(id));
  const patients: Record<string, PatientAnswer> = {};
  for (const id of [...listed, ...[...new Set(alerted)].slice(0, MORE_PATIENTS)]) {
    const patient = await answers.patient({ id, from: null, to: null }, moment);
    if (patient !== null) patients[id] = patient;
  }
  return { created_at: iso(now), hospital, patients, alerts, pipeline };
}
