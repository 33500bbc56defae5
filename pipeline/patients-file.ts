import { parsePatientLine } from '../transforms/patient-line.js';
import type { PatientRecord } from '../transforms/patient-record.js';
import { withPseudonym } from '../transforms/patients.js';
import type { Pseudonymizer } from '../transforms/pseudonym.js';

/**
 * The people and stays of a patients file (NDJSON, the columns of reference.patients), under their pseudonyms.
 *
 * @throws ConfigurationError naming the line that is wrong
 */
export function parsePatients(bytes: Uint8Array, pseudonym: Pseudonymizer): PatientRecord[] {
  const records: PatientRecord[] = [];
  new TextDecoder()
    .decode(bytes)
    .split('\n')
    .forEach((line, i) => {
      if (line.trim() !== '') records.push(withPseudonym(parsePatientLine(line, i + 1), pseudonym));
    });
  return records;
}
