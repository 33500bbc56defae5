import { mean, quantile, standardDeviation } from './statistics.js';
import { isMissing, rowOf, type Table } from './table.js';

/** Each patient's mean, in order. */
export function patientMeans(table: Table): Float64Array {
  return Float64Array.from({ length: table.patients }, (_, patient) => mean(rowOf(table, patient)));
}

/** Each patient's median, ascending. */
export function patientMedians(table: Table): Float64Array {
  const medians = Float64Array.from({ length: table.patients }, (_, patient) =>
    quantile(
      rowOf(table, patient)
        .filter((value) => !isMissing(value))
        .sort(),
      0.5,
    ),
  );
  return medians.filter((value) => !isMissing(value)).sort();
}

/** Median over the patients of each patient's standard deviation. */
export function withinDeviation(table: Table): number {
  const deviations = Float64Array.from({ length: table.patients }, (_, patient) =>
    standardDeviation(rowOf(table, patient)),
  );
  return quantile(deviations.filter((value) => !isMissing(value)).sort(), 0.5);
}

/** Standard deviation of the patients' means. */
export function betweenDeviation(table: Table): number {
  return standardDeviation(patientMeans(table));
}

/** The table less each patient's mean. */
export function centred(table: Table): Table {
  const values = table.values.slice();
  const means = patientMeans(table);
  for (let patient = 0; patient < table.patients; patient++) {
    const row = rowOf({ ...table, values }, patient);
    for (let at = 0; at < row.length; at++) row[at] = (row[at] as number) - (means[patient] as number);
  }
  return { ...table, values };
}

/**
 * Autocorrelation within patients: the mean product of two deviations from the patient's mean so many samples apart, over
 * the mean square.
 * @param table centred
 */
export function autocorrelation(table: Table, lag: number): number {
  const { values, samples } = table;
  let products = 0;
  let pairs = 0;
  for (let first = 0; first < values.length; first += samples) {
    for (let at = first + lag; at < first + samples; at++) {
      const product = (values[at] as number) * (values[at - lag] as number);
      if (isMissing(product)) continue;
      products += product;
      pairs++;
    }
  }
  return products / pairs / meanSquare(values);
}

function meanSquare(values: Float64Array): number {
  let squares = 0;
  let count = 0;
  for (const value of values) {
    if (isMissing(value)) continue;
    squares += value * value;
    count++;
  }
  return squares / count;
}

/** Standard deviation of the change from one sample of a patient to the next. */
export function stepDeviation({ values, samples }: Table): number {
  const steps = values.map((value, at) => (at % samples === 0 ? Number.NaN : value - (values[at - 1] as number)));
  return standardDeviation(steps);
}
