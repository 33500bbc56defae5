/** One number a patient and sample, patient after patient; NaN where there is none. */
export interface Table {
  readonly patients: number;
  /** Samples of each patient, equally spaced. */
  readonly samples: number;
  /** `patients * samples` numbers. */
  readonly values: Float64Array;
}

/** The samples of one patient: a view, not a copy. */
export function rowOf({ values, samples }: Table, patient: number): Float64Array {
  return values.subarray(patient * samples, (patient + 1) * samples);
}

/** The present values of all patients, ascending. */
export function sorted({ values }: Table): Float64Array {
  return values.filter((value) => !isMissing(value)).sort();
}

/** Whether a sample is missing. */
export const isMissing: (value: number) => boolean = Number.isNaN;
