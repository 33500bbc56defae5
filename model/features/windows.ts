import { ConfigurationError } from '../../schema/errors.js';
import { matrixRows, type Matrix } from '../matrix.js';
import type { RowSource } from '../row-source.js';
import { patientOrder, type PatientSeries } from './series.js';

/** A window of a patient's recent past, as a row of a model. */
export interface WindowSpec {
  /** Steps in a window; the last one holds the reading that is scored. */
  readonly steps: number;
  /** Length of a step in seconds; steps begin at whole multiples of it since 1970, UTC. */
  readonly step_seconds: number;
}

/** Ten minutes: long enough for a slope, short enough that a monitor that was just connected is scored soon. */
export const DEFAULT_WINDOW: WindowSpec = { steps: 10, step_seconds: 60 };

const STEPS_LIMITS = { least: 2, most: 240 } as const;
const DAY_SECONDS = 86_400;

/** @throws ConfigurationError for a window that is too short or long, or whose steps do not divide a day */
export function checkWindow({ steps, step_seconds }: WindowSpec): void {
  if (!Number.isInteger(steps) || steps < STEPS_LIMITS.least || steps > STEPS_LIMITS.most) {
    const range = `from ${STEPS_LIMITS.least} to ${STEPS_LIMITS.most}`;
    throw new ConfigurationError('--steps', `${steps} is not a whole number ${range}`, `Give a whole number ${range}.`);
  }
  // A step that straddled midnight would average 23:59 and 00:01 to noon.
  if (!Number.isInteger(step_seconds) || step_seconds < 1 || DAY_SECONDS % step_seconds !== 0) {
    const remedy = 'Give a number of seconds that divides a day, such as 60.';
    throw new ConfigurationError('--step-seconds', `${step_seconds} does not divide a day into whole steps`, remedy);
  }
}

/** The rows that a model reads: the readings themselves, or the windows that end at them. */
export function rowsOver(
  data: Matrix,
  series: PatientSeries | null | undefined,
  window: WindowSpec | null | undefined,
): RowSource {
  if (!window) return matrixRows(data);
  if (!series) throw new TypeError('windows need whose and when each reading is');
  return windowRows(data, series, window);
}

/**
 * The windows of readings, in the order of the readings: steps x features, oldest step first.
 *
 * A step holds the mean of each feature over the patient's readings in it, NaN where there is none; the last step holds
 * no reading that is later than the one that is scored, so that a score never depends on the future. Of two readings at
 * the same instant, the one that stands later is the later one.
 */
export function windowRows(data: Matrix, series: PatientSeries, { steps, step_seconds }: WindowSpec): RowSource {
  const { order, place } = patientOrder(series);
  const stepMillis = 1_000 * step_seconds;
  const present = new Uint32Array(steps * data.width);
  return { count: data.count, width: steps * data.width, fill };

  function fill(reading: number, out: Float64Array, at: number): void {
    out.fill(0, at, at + present.length);
    present.fill(0);
    const last = Math.floor(series.times[reading]! / stepMillis);
    for (let from = place[reading]!; from >= 0; from--) {
      const row = order[from]!;
      const step = steps - 1 - (last - Math.floor(series.times[row]! / stepMillis));
      if (step < 0 || series.patients[row] !== series.patients[reading]) break;
      addRow(row, step * data.width, out, at);
    }
    for (let i = 0; i < present.length; i++) if (present[i] === 0) out[at + i] = NaN;
  }

  /** Running means: a sum of very large values would be infinite. */
  function addRow(row: number, first: number, out: Float64Array, at: number): void {
    for (let column = 0; column < data.width; column++) {
      const value = data.cell(row, column);
      if (value !== value) continue;
      const cell = first + column;
      const seen = ++present[cell]!;
      out[at + cell] = out[at + cell]! + (value - out[at + cell]!) / seen;
    }
  }
}
