import type { PatientRow } from '../../schema/tables/reference-patients.js';
import type { Patient } from '../patients.js';
import { patientRow } from '../patients-file.js';
import type { Admissions } from './admissions.js';

/**
 * The stays of a hospital as rows of `reference.patients`: one for each patient in each bed, in the order in which they
 * begin. A stay that has not ended by `until` has no end yet.
 *
 * @param admissions taken to `until`: give it one of its own
 * @param until epoch ms; moves at this time or later are left out
 */
export function stayRows(admissions: Admissions, until: number): PatientRow[] {
  const open = new Map<number, { patient: Patient; since: number }>();
  const rows: PatientRow[] = [];
  const close = (place: number, time: number | null): void => {
    const stay = open.get(place);
    if (stay !== undefined) rows.push(patientRow(stay.patient, stay.since, time));
    open.delete(place);
  };
  for (const [place, stay] of admissions.initial.entries()) open.set(place, { ...stay });
  while (admissions.nextTime < until) {
    for (const { kind, place, time, patient } of admissions.next()) {
      if (kind !== 'admission') close(place, time);
      if (kind !== 'discharge') open.set(place, { patient, since: time });
    }
  }
  for (const place of [...open.keys()]) close(place, null);
  return rows.sort((a, b) => a.valid_from - b.valid_from);
}
