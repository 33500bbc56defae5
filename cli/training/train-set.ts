import { ALGORITHMS, type TrainedModel } from '../../model/algorithms.js';
import { describeTraining } from '../../model/drift/reference.js';
import { evaluateScores } from '../../model/evaluate.js';
import { rowsOver } from '../../model/features/windows.js';
import type { ModelKind } from '../../model/model.js';
import { remakeModel } from '../../model/remake.js';
import { groupsOfRows, matrixOf, seriesOfRows } from '../../model/row-selection.js';
import { scoreRows } from '../../model/score-rows.js';
import { splitRows } from '../../model/split-rows.js';
import type { TrainingOptions } from '../../model/training-options.js';
import type { HeldOutMetrics } from '../../model/training-split.js';
import { ConfigurationError } from '../../schema/errors.js';
import type { TrainingSet } from './training-set.js';

/** How to train; what is known of the rows comes from the set. */
export type SetOptions = Omit<TrainingOptions, 'source' | 'dataSha256' | 'labels' | 'reference'>;

/**
 * Trains a model on a set, on all of it or without what is held out, and measures it on that.
 *
 * @param holdout share of the patients and of the time to keep out; null for none
 * @throws ConfigurationError naming the option or the column that is wrong
 */
export async function trainOnSet(
  kind: ModelKind,
  set: TrainingSet,
  options: SetOptions,
  holdout: number | null,
): Promise<TrainedModel> {
  const { generator } = set;
  const made = generator === undefined ? {} : { generator };
  if (holdout === null) return remakeModel(await fit(kind, set, options), made);
  const { series, patientIds } = set;
  if (series === null || patientIds === null) throw new TypeError('trainOnSet: a split needs patients and times');
  const { train, heldOut, record } = splitRows(series, patientIds, holdout);
  const model = await fit(kind, rowsOf(set, train), options);
  return remakeModel(model, { ...made, split: record, heldOut: measureHeldOut(model, rowsOf(set, heldOut)) });
}

function fit(kind: ModelKind, set: TrainingSet, options: SetOptions): Promise<TrainedModel> {
  const { data, features, series, groups, labels, source, sha256 } = set;
  const rows = { data, features, series };
  return ALGORITHMS[kind].fit(rows, {
    ...options,
    source,
    dataSha256: sha256,
    labels: labels ?? undefined,
    reference: describeTraining(data, groups),
  });
}

function rowsOf(set: TrainingSet, rows: Uint32Array): TrainingSet {
  const { series, labels } = set;
  return {
    ...set,
    data: matrixOf(set.data, rows),
    series: series === null ? null : seriesOfRows(series, rows),
    groups: groupsOfRows(set.groups, rows),
    labels: labels === null ? null : Uint8Array.from(rows, (row) => labels[row]!),
  };
}

function measureHeldOut(model: TrainedModel, { data, series, labels }: TrainingSet): HeldOutMetrics {
  const rows = rowsOver(data, series, model.window);
  const scores = scoreRows(rows, (block, count) => model.score(block, count));
  const scored = scores.filter((score) => score === score);
  const anomalies = scored.filter((score) => score >= model.threshold).length;
  if (scored.length === 0) {
    throw new ConfigurationError(
      '--holdout',
      'no row that was held out has a score',
      'Leave out features that are missing.',
    );
  }
  const measured = labels === null ? null : evaluateScores(scores, labels);
  return {
    scored: scored.length,
    anomalies: anomalies / scored.length,
    labelled:
      measured === null || Number.isNaN(measured.auc)
        ? null
        : { auc: measured.auc, average_precision: measured.average_precision },
  };
}
