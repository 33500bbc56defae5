import { createHash } from 'node:crypto';
import { ConfigurationError } from '../schema/errors.js';
import type { PatientSeries } from './features/series.js';
import type { SplitPart, SplitRecord } from './training-split.js';

/** Rows to train on and rows that are kept out. */
export interface SplitRows {
  readonly train: Uint32Array;
  readonly heldOut: Uint32Array;
  readonly record: SplitRecord;
}

/** More than half of the patients and of the time would leave less than a quarter of the rows to train on. */
const MOST_HELD_OUT = 0.5;

/**
 * Where in [0, 1) a patient stands, by a hash of the id: the same in every training, however many others there are.
 * @param purpose another one, an unrelated place
 */
export function placeOfPatient(id: string, purpose: string): number {
  return createHash('sha256').update(`${purpose}\n${id}`).digest().readUInt32BE(0) / 2 ** 32;
}

/** Whether a patient is among those who are kept out of training. */
export function isHeldOut(id: string, holdout: number): boolean {
  return placeOfPatient(id, 'holdout') < holdout;
}

/**
 * Keeps a share of the patients and the last share of the time out of training: trained is on the other patients before the
 * cut, tested on the held-out patients after it. Nothing of a tested patient, and nothing of the tested time, is learned from.
 *
 * @param patientIds by the number that the series gives a patient
 * @param holdout in (0, .5]
 * @throws ConfigurationError for another share, and where one of the two parts is empty
 */
export function splitRows(series: PatientSeries, patientIds: readonly string[], holdout: number): SplitRows {
  checkHoldout(holdout);
  const isOut = patientIds.map((id) => isHeldOut(id, holdout));
  const cut = cutOf(series.times, holdout);
  const train: number[] = [];
  const heldOut: number[] = [];
  for (const [row, time] of series.times.entries()) {
    const out = isOut[series.patients[row]!];
    if (!out && time < cut) train.push(row);
    else if (out && time >= cut) heldOut.push(row);
  }
  const parts = { train: Uint32Array.from(train), heldOut: Uint32Array.from(heldOut) };
  const record: SplitRecord = {
    holdout,
    cut,
    train: partOf(series, parts.train),
    held_out: partOf(series, parts.heldOut),
    neither_rows: series.times.length - train.length - heldOut.length,
  };
  if (train.length > 0 && heldOut.length > 0) return { ...parts, record };
  const problem = `of ${patientIds.length} patients it leaves ${train.length} rows to train on and ${heldOut.length} to test on`;
  throw new ConfigurationError('--holdout', problem, 'Give more patients or a longer time, or leave it out.');
}

/** @throws ConfigurationError for a share that is not in (0, .5] */
export function checkHoldout(holdout: number): void {
  if (holdout > 0 && holdout <= MOST_HELD_OUT) return;
  const problem = `${holdout} is not above 0 and at most ${MOST_HELD_OUT}`;
  throw new ConfigurationError('--holdout', problem, 'Give a share of patients and time such as 0.2.');
}

/** The time after which the last share of it lies. */
function cutOf(times: Float64Array, holdout: number): number {
  let [first, last] = [Infinity, -Infinity];
  for (const time of times) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return Math.round(last - holdout * (last - first));
}

function partOf({ patients }: PatientSeries, rows: Uint32Array): SplitPart {
  const distinct = new Set<number>();
  for (const row of rows) distinct.add(patients[row]!);
  return { patients: distinct.size, rows: rows.length };
}
