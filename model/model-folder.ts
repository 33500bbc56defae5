import { createHash } from 'node:crypto';
import { ConfigurationError } from '../schema/errors.js';
import { ALGORITHMS, type TrainedModel } from './algorithms.js';
import { canonicalDocument } from './canonical-document.js';
import { decodeDocument, hashDocument } from './decode-document.js';
import { Fields } from './document-fields.js';
import { DOCUMENT_FILE, FIRST_FORMAT, MODEL_FORMAT, WEIGHTS_FILE } from './model-document.js';

/** The bytes of a model folder's two files. */
export interface ModelFolder {
  readonly [DOCUMENT_FILE]: Uint8Array;
  readonly [WEIGHTS_FILE]: Uint8Array;
}

/** The files of a model (docs/model-format.md). Same model, same bytes: no clock, path or row is in them. */
export function encodeModelFolder(model: TrainedModel): ModelFolder {
  const weights = ALGORITHMS[model.kind].save(model);
  const isPlain =
    model.kind === 'forest' &&
    model.training.reference === undefined &&
    model.training.generator === undefined &&
    model.training.split === undefined &&
    model.training.recipe === undefined &&
    model.metrics.held_out === undefined &&
    model.calibration === undefined &&
    model.features.every(({ scaling }) => scaling === undefined);
  const document = canonicalDocument(
    new Fields(
      {
        format: isPlain ? FIRST_FORMAT : MODEL_FORMAT,
        kind: model.kind,
        version: model.version,
        id: model.id,
        features: model.features.map(({ scaling = 'none', ...feature }) => ({ ...feature, scaling })),
        window: model.window ?? null,
        threshold: model.threshold,
        ...(model.calibration === undefined ? {} : { calibration: model.calibration }),
        training: model.training,
        metrics: model.metrics,
        created_with: { package: 'vitals-lakehouse', version: model.codeVersion },
        weights: { file: WEIGHTS_FILE, bytes: weights.length, sha256: sha256(weights) },
        document_sha256: sha256(new Uint8Array()),
      },
      '',
    ),
  );
  const json = JSON.stringify({ ...document, document_sha256: hashDocument(document) }, null, 2);
  return { [DOCUMENT_FILE]: new TextEncoder().encode(json + '\n'), [WEIGHTS_FILE]: weights };
}

/**
 * The model of a folder's files, of whatever kind; every byte of both is checked before anything is scored.
 *
 * @param folder what to call the folder in an error
 * @throws ConfigurationError naming the file, what is wrong with it, and the remedy
 */
export function decodeModelFolder(files: ModelFolder, folder: string): TrainedModel {
  const document = decodeDocument(files[DOCUMENT_FILE], `${folder}/${DOCUMENT_FILE}`);
  const subject = `${folder}/${WEIGHTS_FILE}`;
  const weights = files[WEIGHTS_FILE];
  const refuse = (problem: string): ConfigurationError =>
    new ConfigurationError(subject, problem, 'Copy the model folder again, or train it again with vitals model train.');
  if (weights.length !== document.weights.bytes) {
    throw refuse(`${weights.length} bytes where ${DOCUMENT_FILE} says ${document.weights.bytes}`);
  }
  if (sha256(weights) !== document.weights.sha256) throw refuse(`not the file that ${DOCUMENT_FILE} was written with`);
  const model = ALGORITHMS[document.kind].load(document, weights, subject);
  if (model.id !== document.id) throw refuse(`the folder holds ${model.id} and calls it ${document.id}`);
  return model;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
