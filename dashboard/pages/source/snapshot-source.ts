import type { AlertsAnswer, DashboardSnapshot, HospitalAnswer } from '../../api.js';
import { passes, type AlertFilter } from '../logic/alert-feed.js';
import { AnswerError, type DataSource, type Query } from './source.js';

declare global {
  interface Window {
    /** Set by data.js of a static export. */
    __VITALS_SNAPSHOT__?: DashboardSnapshot;
  }
}

/** Reads a copy on disk: answers at once, filters by itself, refuses what only a server can do. */
export function snapshotSource(copy: DashboardSnapshot): DataSource {
  return {
    snapshotOf: Date.parse(copy.created_at),
    hospital: async ({ ward }) => ofWard(copy.hospital, ward),
    patient: async (id) => {
      const patient = copy.patients[id];
      if (patient) return patient;
      throw new AnswerError('This patient is not in this copy.', 'Open the dashboard itself, or export again.', 404);
    },
    alerts: async (query) => filtered(copy.alerts, query),
    pipeline: async () => copy.pipeline,
    search: async (text) => ({ patients: found(copy.hospital, text) }),
    act: async () => {
      throw new AnswerError('This is a copy: nothing can be changed in it.', 'Open the dashboard itself.', 0);
    },
    listen: () => () => undefined,
  };
}

function ofWard(answer: HospitalAnswer, ward: Query[string]): HospitalAnswer {
  if (!ward) return answer;
  const patients = answer.patients.filter((patient) => patient.ward === ward);
  const total = answer.wards.find((tile) => tile.ward === ward)?.patients ?? patients.length;
  return { ...answer, patients, patients_total: total };
}

function filtered(answer: AlertsAnswer, query: Query): AlertsAnswer {
  const alerts = answer.alerts.filter(
    (alert) => passes(alert, query as AlertFilter) && (!query['status'] || alert.status === query['status']),
  );
  return { ...answer, alerts, total: alerts.length };
}

function found(answer: HospitalAnswer, text: string): HospitalAnswer['patients'] {
  const wanted = text.toLowerCase();
  const starts = (value: string | null): boolean => (value ?? '').toLowerCase().startsWith(wanted);
  return answer.patients
    .filter(({ patient_id, ward, bed }) => starts(patient_id) || starts(ward) || starts(bed))
    .slice(0, 20);
}
