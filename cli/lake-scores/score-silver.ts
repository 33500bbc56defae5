import type { LakeSnapshot } from '../../lake/reader.js';
import { featureFiller } from '../../model/features.js';
import { readingRows, type ReadingRows } from '../../model/features/reading-rows.js';
import { rowMajor } from '../../model/matrix.js';
import type { AnomalyModel } from '../../model/model.js';
import { scoreRows } from '../../model/score-rows.js';
import type { EventTimes } from '../../query/pruned-relations.js';
import { readSilver, type SilverSlice } from '../../query/readings/read-silver.js';
import { SilverColumns } from '../training/silver-columns.js';

/** A reading of silver, scored. */
export interface ScoredSilver {
  readonly patient: string;
  readonly ward: string | null;
  /** Epoch milliseconds. */
  readonly time: number;
  /** NaN where it has none. */
  readonly score: number;
}

/**
 * Scores silver with a model of any kind, whatever scored it when it came: by slice, within one by patient and time.
 * A model that reads a patient's past gets it from before the first reading, too. Memory: a slice.
 */
export async function* scoreSilver(
  snapshot: LakeSnapshot,
  model: AnomalyModel,
  times: EventTimes,
): AsyncGenerator<ScoredSilver> {
  const plan = readingRows(model);
  const slices = readSilver(snapshot, { ...times, before: plan.lookbackMillis });
  for await (const slice of slices) yield* scoreSlice(slice, model, plan);
}

async function* scoreSlice(
  slice: SilverSlice,
  model: AnomalyModel,
  { bases, rowsOf }: ReadingRows,
): AsyncGenerator<ScoredSilver> {
  const columns = new SilverColumns(featureFiller(bases), bases.length);
  for await (const block of slice.blocks()) columns.addAll(block);
  const { values, count, patients, times, patientNames, wardOf } = columns.take();
  const rows = rowsOf(rowMajor(values, count, bases.length), { patients, times });
  const asked = Uint32Array.from({ length: count }, (_, i) => i).filter((i) => times[i]! >= slice.from);
  const fill: typeof rows.fill = (row, out, at) => rows.fill(asked[row]!, out, at);
  const scores = scoreRows({ ...rows, count: asked.length, fill }, (block, length) => model.score(block, length));
  for (const [row, i] of asked.entries()) {
    yield { patient: patientNames[patients[i]!]!, ward: wardOf(i), time: times[i]!, score: scores[row]! };
  }
}
