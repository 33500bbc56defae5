import type { LakeSnapshot } from '../../lake/reader.js';
import { featureFiller } from '../../model/features.js';
import { windowRows } from '../../model/features/windows.js';
import { matrixRows, rowMajor } from '../../model/matrix.js';
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

/** Scores silver with a model, whatever scored it when it came: by slice, within one by patient and time. Memory: a slice. */
export async function* scoreSilver(
  snapshot: LakeSnapshot,
  model: AnomalyModel,
  times: EventTimes,
): AsyncGenerator<ScoredSilver> {
  const { window = null } = model;
  const before = window === null ? 0 : window.steps * window.step_seconds * 1_000;
  for await (const slice of readSilver(snapshot, { ...times, before })) yield* scoreSlice(slice, model);
}

async function* scoreSlice(slice: SilverSlice, model: AnomalyModel): AsyncGenerator<ScoredSilver> {
  const columns = new SilverColumns(featureFiller(model.features), model.features.length);
  for await (const block of slice.blocks()) columns.addAll(block);
  const { values, count, patients, times, patientNames, wardOf } = columns.take();
  const matrix = rowMajor(values, count, model.features.length);
  const rows = model.window ? windowRows(matrix, { patients, times }, model.window) : matrixRows(matrix);
  const scores = scoreRows(rows, (block, length) => model.score(block, length));
  for (let i = 0; i < count; i++) {
    const time = times[i]!;
    if (time < slice.from) continue;
    yield { patient: patientNames[patients[i]!]!, ward: wardOf(i), time, score: scores[i]! };
  }
}
