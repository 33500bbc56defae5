import { decodeCalibration } from './calibration/calibration.js';
import { decodeReference } from './drift/reference.js';
import { checkWindow, type WindowSpec } from './features/windows.js';
import type { FeatureScaling } from './features/scaling.js';
import { FieldError, type Fields } from './document-fields.js';
import { FIRST_FORMAT, MODEL_FORMAT, WEIGHTS_FILE, type ModelDocument } from './model-document.js';
import type { NeuralTrainingRecord, TrainingMetrics, TrainingRecord } from './training-record.js';
import { decodeHeldOut, decodeSplit } from './training-split.js';

/**
 * The document with its keys in their order, and no others: what its hash is made of.
 * @throws FieldError for a field that is missing or of another type
 */
export function canonicalDocument(fields: Fields): ModelDocument {
  const format = fields.whole('format') === FIRST_FORMAT ? FIRST_FORMAT : MODEL_FORMAT;
  const kind = fields.text('kind');
  const head = { format, version: fields.whole('version'), id: fields.text('id') } as const;
  const threshold = thresholdsOf(fields);
  const metrics = metricsOf(fields.fields('metrics'));
  const tail = tailOf(fields);
  if (kind !== 'autoencoder' && kind !== 'lstm') {
    const features = describe(fields, (feature) =>
      format === MODEL_FORMAT && feature.isObject('scaling')
        ? scalingOf(feature.fields('scaling'))
        : feature.constant('scaling', 'none'),
    );
    const window = format === FIRST_FORMAT ? {} : { window: null };
    const training = forestRecord(fields.fields('training'));
    return { ...start(head, 'forest'), features, ...window, ...threshold, training, metrics, ...tail };
  }
  if (format === FIRST_FORMAT) throw new FieldError(`format is not ${MODEL_FORMAT}`);
  const features = describe(fields, (feature) => scalingOf(feature.fields('scaling')));
  const window = kind === 'lstm' ? windowOf(fields.fields('window')) : null;
  const training = neuralRecord(fields.fields('training'));
  return { ...start(head, kind), features, window, ...threshold, training, metrics, ...tail };
}

/** A calibrated model's threshold is that of its calibration where a ward has none of its own. */
function thresholdsOf(fields: Fields) {
  const threshold = fields.number('threshold');
  if (!fields.has('calibration')) return { threshold };
  const calibration = decodeCalibration(fields.fields('calibration'));
  if (calibration.default !== threshold) throw new FieldError('calibration.default is not the threshold');
  return { threshold, calibration };
}

/** The first keys, in their order. */
function start<H extends { readonly format: unknown }, K>({ format, ...rest }: H, kind: K) {
  return { format: format as H['format'], kind, ...rest };
}

function describe<S>(fields: Fields, scaling: (feature: Fields) => S) {
  return fields.list('features').map((feature) => ({
    name: feature.text('name'),
    unit: feature.textOrNull('unit'),
    median: feature.number('median'),
    scaling: scaling(feature),
  }));
}

function scalingOf(fields: Fields): FeatureScaling {
  const kind = fields.text('kind');
  const indicator = fields.flag('indicator');
  if (kind === 'identity') return { kind, indicator };
  if (kind === 'cycle') return { kind, period: fields.positive('period'), indicator };
  fields.constant('kind', 'standard');
  return { kind: 'standard', mean: fields.number('mean'), deviation: fields.positive('deviation'), indicator };
}

function windowOf(fields: Fields): WindowSpec {
  const window = { steps: fields.whole('steps'), step_seconds: fields.whole('step_seconds') };
  try {
    checkWindow(window);
  } catch {
    throw new FieldError('window is not one that this version reads');
  }
  return window;
}

function forestRecord(training: Fields): TrainingRecord {
  return {
    ...commonRecord(training),
    trees: training.whole('trees'),
    sample_size: training.whole('sample_size'),
    threshold_quantile: training.number('threshold_quantile'),
  };
}

function neuralRecord(training: Fields): NeuralTrainingRecord {
  return {
    ...commonRecord(training),
    learned_rows: training.whole('learned_rows'),
    updates: training.whole('updates'),
    batch_size: training.whole('batch_size'),
    learning_rate: training.number('learning_rate'),
    loss: training.number('loss'),
    trainer: training.text('trainer'),
    threshold_quantile: training.number('threshold_quantile'),
  };
}

function commonRecord(training: Fields) {
  return {
    source: training.text('source'),
    sha256: training.hash('sha256'),
    rows: training.whole('rows'),
    usable_rows: training.whole('usable_rows'),
    seed: training.whole('seed'),
    ...(training.has('reference') ? { reference: decodeReference(training.fields('reference')) } : {}),
    ...(training.has('generator') ? { generator: training.constant('generator', 'simulator') } : {}),
    ...(training.has('split') ? { split: decodeSplit(training.fields('split')) } : {}),
    ...(training.has('recipe') ? { recipe: training.hash('recipe') } : {}),
  };
}

function metricsOf(metrics: Fields): TrainingMetrics {
  const scores = metrics.fields('scores');
  const labelled = metrics.fieldsOrNull('labelled_training_rows');
  return {
    scores: {
      mean: scores.number('mean'),
      p50: scores.number('p50'),
      p95: scores.number('p95'),
      p99: scores.number('p99'),
      max: scores.number('max'),
    },
    labelled_training_rows:
      labelled === null
        ? null
        : { auc: labelled.number('auc'), average_precision: labelled.number('average_precision') },
    ...(metrics.has('held_out') ? { held_out: decodeHeldOut(metrics.fields('held_out')) } : {}),
  };
}

function tailOf(fields: Fields) {
  const created = fields.fields('created_with');
  const weights = fields.fields('weights');
  return {
    created_with: {
      package: created.constant('package', 'vitals-lakehouse'),
      version: created.text('version'),
    },
    weights: {
      file: weights.constant('file', WEIGHTS_FILE),
      bytes: weights.whole('bytes'),
      sha256: weights.hash('sha256'),
    },
    document_sha256: fields.hash('document_sha256'),
  };
}
