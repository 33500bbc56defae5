import { createHash } from 'node:crypto';
import { ConfigurationError } from '../schema/errors.js';
import { FieldError, Fields } from './document-fields.js';
import { MODEL_FORMAT, WEIGHTS_FILE, type ModelDocument } from './model-document.js';

const COPY_AGAIN = 'Copy the model folder again, or train it again with vitals model train.';

/**
 * Reads model.json and checks all of it.
 *
 * @param subject what to call the file in an error, e.g. its path
 * @throws ConfigurationError for anything but a whole document of a format and kind that this version knows
 */
export function decodeDocument(bytes: Uint8Array, subject: string): ModelDocument {
  const refuse = (problem: string, remedy = COPY_AGAIN): ConfigurationError =>
    new ConfigurationError(subject, problem, remedy);
  let document: ModelDocument;
  try {
    const fields = new Fields(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), '');
    const format = fields.whole('format');
    if (format > MODEL_FORMAT) {
      const problem = `format ${format} is newer than ${MODEL_FORMAT}, the newest that this version reads`;
      throw refuse(problem, 'Update this package, or train the model again with this version.');
    }
    if (format !== MODEL_FORMAT) throw refuse(`format ${format} was never one`);
    const kind = fields.text('kind');
    if (kind !== 'forest') {
      throw refuse(`a model of kind '${kind}' cannot be scored by this version`, "Name a folder of kind 'forest'.");
    }
    document = canonicalDocument(fields);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw refuse(error instanceof FieldError ? error.message : 'not a JSON document');
  }
  if (hashDocument(document) !== document.document_sha256) throw refuse('changed since it was written');
  return document;
}

/** {@link ModelDocument.document_sha256} of a document, whatever stands there now. */
export function hashDocument(document: Omit<ModelDocument, 'document_sha256'>): string {
  const hashed = { ...document, document_sha256: undefined };
  return createHash('sha256').update(JSON.stringify(hashed)).digest('hex');
}

/**
 * The document with its keys in their order, and no others: what its hash is made of.
 * @throws FieldError for a field that is missing or of another type
 */
export function canonicalDocument(fields: Fields): ModelDocument {
  const training = fields.fields('training');
  const scores = fields.fields('metrics').fields('scores');
  const labelled = fields.fields('metrics').fieldsOrNull('labelled_training_rows');
  const created = fields.fields('created_with');
  const weights = fields.fields('weights');
  return {
    format: MODEL_FORMAT,
    kind: 'forest',
    version: fields.whole('version'),
    id: fields.text('id'),
    features: fields.list('features').map((feature) => ({
      name: feature.text('name'),
      unit: feature.textOrNull('unit'),
      median: feature.number('median'),
      scaling: feature.constant('scaling', 'none'),
    })),
    threshold: fields.number('threshold'),
    training: {
      source: training.text('source'),
      sha256: training.hash('sha256'),
      rows: training.whole('rows'),
      usable_rows: training.whole('usable_rows'),
      seed: training.whole('seed'),
      trees: training.whole('trees'),
      sample_size: training.whole('sample_size'),
      threshold_quantile: training.number('threshold_quantile'),
    },
    metrics: {
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
    },
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
