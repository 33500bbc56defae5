import { utcDate } from './event-date.js';
import type { PatientRecord } from './patient-record.js';

/**
 * Age in whole years at a time, by UTC days; null when neither a date of birth nor an age is known, or before birth.
 * An age as at valid_from grows with the anniversaries of that day.
 */
export function ageAt(patient: PatientRecord, time: number): number | null {
  if (patient.birth_date !== null) return notNegative(yearsBetween(patient.birth_date, utcDate(time)));
  const age = patient.age_at_valid_from ?? null;
  if (age === null) return null;
  const from = new Date(patient.valid_from).toISOString().slice(0, 10);
  return notNegative(age + yearsBetween(from, utcDate(time)));
}

/** Whole years from one ISO date to another: as numbers like 20261121, a birthday that is still to come borrows a year. */
function yearsBetween(from: string, to: string): number {
  return Math.floor((dateNumber(to) - dateNumber(from)) / 10_000);
}

function notNegative(years: number): number | null {
  return years < 0 ? null : years;
}

function dateNumber(isoDate: string): number {
  return digits(isoDate, 0) * 1_000_000 + digits(isoDate, 2) * 10_000 + digits(isoDate, 5) * 100 + digits(isoDate, 8);
}

function digits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + (text.charCodeAt(at + 1) - 48);
}
