import type { TrainedModel } from '../../model/algorithms.js';
import { DEFAULT_WINDOW } from '../../model/features/windows.js';
import type { ModelKind } from '../../model/model.js';
import { checkHoldout } from '../../model/split-rows.js';
import { codeVersion } from '../code-version.js';
import { writeModelFolder } from '../model-files.js';
import { sourceOf, type SourceRequest } from './sources.js';
import { trainOnSet } from './train-set.js';

/** What `vitals model train` was asked. */
export interface TrainRequest extends SourceRequest {
  readonly features: string | undefined;
  readonly algorithm: ModelKind;
  readonly seed: number;
  readonly holdout: number | undefined;
  readonly out: string;
  readonly trees: number | undefined;
  readonly 'sample-size': number | undefined;
  readonly 'missing-indicators': boolean;
  readonly updates: number | undefined;
  readonly steps: number | undefined;
  readonly 'step-seconds': number | undefined;
  readonly 'threshold-quantile': number | undefined;
  readonly json: boolean;
}

/** Trains a model on one source, writes it, and says what it was trained and tested on. @throws ConfigurationError, LakeError */
export async function runTrain(request: TrainRequest): Promise<void> {
  const { algorithm, holdout = null } = request;
  if (holdout !== null) checkHoldout(holdout);
  const named = request.features?.split(',').map((name) => name.trim()) ?? null;
  const window = {
    steps: request.steps ?? DEFAULT_WINDOW.steps,
    step_seconds: request['step-seconds'] ?? DEFAULT_WINDOW.step_seconds,
  };
  const needsSeries = holdout !== null;
  const set = await sourceOf(request, { kind: algorithm, named, needsSeries, stepSeconds: window.step_seconds });
  const options = {
    seed: request.seed,
    codeVersion: codeVersion(),
    trees: request.trees,
    sampleSize: request['sample-size'],
    thresholdQuantile: request['threshold-quantile'],
    missingIndicators: request['missing-indicators'],
    updates: request.updates,
    window,
  };
  const model = await trainOnSet(algorithm, set, options, holdout);
  writeModelFolder(request.out, model);
  const { skipped } = set;
  const features = set.features.map(({ name }) => name);
  if (skipped.length > 0) process.stderr.write(`left out, not numeric: ${skipped.join(', ')}\n`);
  for (const line of describeTrained(model)) process.stderr.write(`${line}\n`);
  process.stderr.write(
    `${model.id}: ${model.training.usable_rows} rows of ${features.join(', ')}, written to ${request.out}\n`,
  );
  if (!request.json) return;
  const { id, threshold, training, metrics } = model;
  process.stdout.write(
    JSON.stringify({ id, features, skipped, threshold, training, metrics }, withoutReference) + '\n',
  );
}

/** What a model was trained and tested on, in lines for people. */
export function describeTrained({ training, metrics }: TrainedModel): string[] {
  const { source, split, generator } = training;
  const lines = [`source: ${source}`];
  const heldOut = metrics.held_out;
  if (split !== undefined && heldOut !== undefined) {
    const cut = new Date(split.cut).toISOString();
    const share = `${(100 * heldOut.anomalies).toFixed(2)} % anomalies`;
    const auc = heldOut.labelled === null ? '' : `, AUC ${heldOut.labelled.auc.toFixed(3)} against labels`;
    lines.push(
      `trained on ${split.train.rows} rows of ${split.train.patients} patients before ${cut}`,
      `tested on ${split.held_out.rows} rows of ${split.held_out.patients} other patients after it: ${share}${auc}`,
    );
  }
  if (generator !== undefined) {
    const made = split === undefined ? `made by a ${generator}` : `the same ${generator} made training and test`;
    lines.push(`${made}: the figures say nothing about real patients`);
  }
  return lines;
}

/** Hundreds of counts, which are in model.json. */
function withoutReference(key: string, value: unknown): unknown {
  return key === 'reference' ? undefined : value;
}
