import type { RowGroups } from '../../model/drift/reference.js';
import type { CsvHeader } from './csv-header.js';

const PATIENT_ID = 'patient_id';
const WARD = 'ward';

/** Whose each record of a file is and of which ward, where the file says so: what drift is told apart by. Nothing is refused. */
export class GroupColumns {
  private readonly codes = new Map<string, number>();
  private readonly patients: number[] = [];
  private readonly wards: (string | null)[] = [];
  private readonly places: readonly [patient: number, ward: number];

  constructor(header: CsvHeader) {
    this.places = [header.names.indexOf(PATIENT_ID), header.names.indexOf(WARD)];
  }

  add(record: readonly string[]): void {
    const [patient, ward] = this.places;
    if (patient !== -1) this.patients.push(this.codeOf(record[patient]!.trim()));
    if (ward !== -1) this.wards.push(record[ward]!.trim() || null);
  }

  values(): RowGroups {
    const [patient, ward] = this.places;
    return {
      patients: patient === -1 ? null : Uint32Array.from(this.patients),
      wards: ward === -1 ? null : this.wards,
    };
  }

  private codeOf(patient: string): number {
    const known = this.codes.get(patient);
    if (known !== undefined) return known;
    this.codes.set(patient, this.codes.size);
    return this.codes.size - 1;
  }
}
