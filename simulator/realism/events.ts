import { isMissing, rowOf, type Table } from './table.js';

/**
 * Share of the patients in whom a condition holds for so many present samples on end at least once; a missing sample
 * neither breaks a run nor lengthens it.
 */
export function shareWithRun(table: Table, holds: (value: number) => boolean, length: number): number {
  let found = 0;
  for (let patient = 0; patient < table.patients; patient++) {
    let run = 0;
    for (const value of rowOf(table, patient)) {
      if (isMissing(value)) continue;
      run = holds(value) ? run + 1 : 0;
      if (run < length) continue;
      found++;
      break;
    }
  }
  return found / table.patients;
}

/** Share of samples that are missing, of the patients that `counts`. */
export function missingShare(table: Table, counts: (patient: number) => boolean): number {
  let missing = 0;
  let all = 0;
  for (let patient = 0; patient < table.patients; patient++) {
    if (!counts(patient)) continue;
    for (const value of rowOf(table, patient)) if (isMissing(value)) missing++;
    all += table.samples;
  }
  return missing / all;
}
