import { featureFiller, featureInputs, type FeatureSource } from '../../model/features.js';
import { VITAL_NAMES } from '../../schema/vitals.js';
import { refuseCell, type CsvHeader } from './csv-header.js';
import { numericCell } from './numeric-cell.js';
import { timeCell } from './time-cell.js';

/** Reads one feature of a record: NaN where it is missing, null where the cell is no number. */
export type CellReader = (record: readonly string[], line: number) => number | null;

/** The column of readings' times, as everywhere in the lake. */
export const EVENT_TIME = 'event_time';

const NOTHING_KNOWN = Object.fromEntries(
  [...VITAL_NAMES, 'age', 'supplemental_oxygen', EVENT_TIME].map((name) => [name, null]),
) as unknown as FeatureSource;

/**
 * How a feature is read from a file: computed by the stream's own function where all that it follows from is there
 * (a column of that name may be rounded, or of another formula), else from the column of its name.
 *
 * @param flag that named the feature, for the error
 * @throws ConfigurationError where there is neither
 */
export function cellReader(header: CsvHeader, name: string, flag: string): CellReader {
  const inputs = featureInputs(name);
  if (inputs !== null && !inputs.includes(name) && inputs.every((input) => header.names.includes(input))) {
    return derivedReader(header, name, inputs);
  }
  const place = header.indexOf(name, flag);
  return (record) => numericCell(record[place]!);
}

function derivedReader(header: CsvHeader, name: string, inputs: readonly string[]): CellReader {
  const places = inputs.map((input) => header.names.indexOf(input));
  const fill = featureFiller([{ name }]);
  const out = new Float64Array(1);
  return (record, line) => {
    const source: Record<string, unknown> = { ...NOTHING_KNOWN };
    for (const [i, input] of inputs.entries()) {
      const cell = record[places[i]!]!;
      const value = input === EVENT_TIME ? timeCell(cell) : numericCell(cell);
      if (value === null) throw refuseCell(input, line, input === EVENT_TIME ? 'a time' : 'a number');
      source[input] = Number.isNaN(value) ? null : value;
    }
    fill(source as unknown as FeatureSource, out, 0);
    return out[0]!;
  };
}
