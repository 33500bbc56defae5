import type { PatientSeries } from '../../model/features/series.js';
import { EVENT_TIME } from './cell-reader.js';
import { refuseCell, type CsvHeader } from './csv-header.js';
import { timeCell } from './time-cell.js';

const PATIENT_ID = 'patient_id';

/** The columns that say whose a reading is and when it was taken: never features of a model that reads the past. */
export const SERIES_COLUMNS: readonly string[] = [PATIENT_ID, EVENT_TIME];

/** Whose each record of a file is and when it was taken, row by row. */
export class SeriesColumns {
  private readonly codes = new Map<string, number>();
  private readonly patients: number[] = [];
  private readonly times: number[] = [];
  private readonly places: readonly [patient: number, time: number];

  /** @throws ConfigurationError where the file lacks one of the columns */
  constructor(header: CsvHeader) {
    this.places = [header.indexOf(PATIENT_ID, '--data'), header.indexOf(EVENT_TIME, '--data')];
  }

  /** @throws ConfigurationError for a record without a patient or a time */
  add(record: readonly string[], line: number): void {
    const patient = record[this.places[0]]!.trim();
    if (patient === '') throw refuseCell(PATIENT_ID, line, "a patient's id");
    const time = timeCell(record[this.places[1]]!);
    if (time === null || Number.isNaN(time)) {
      throw refuseCell(EVENT_TIME, line, 'a time: ISO 8601 with a zone, or epoch milliseconds');
    }
    let code = this.codes.get(patient);
    if (code === undefined) this.codes.set(patient, (code = this.codes.size));
    this.patients.push(code);
    this.times.push(time);
  }

  /** By the number that {@link values} gives a patient. */
  patientIds(): readonly string[] {
    return [...this.codes.keys()];
  }

  values(): PatientSeries {
    return { patients: Uint32Array.from(this.patients), times: Float64Array.from(this.times) };
  }
}
