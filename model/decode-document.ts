import { createHash } from 'node:crypto';
import { ConfigurationError } from '../schema/errors.js';
import { canonicalDocument } from './canonical-document.js';
import { FieldError, Fields } from './document-fields.js';
import { FIRST_FORMAT, MODEL_FORMAT, type ModelDocument } from './model-document.js';

const COPY_AGAIN = 'Copy the model folder again, or train it again with vitals model train.';
const KINDS: readonly string[] = ['forest', 'autoencoder', 'lstm'] satisfies ModelDocument['kind'][];

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
    if (format < FIRST_FORMAT) throw refuse(`format ${format} was never one`);
    const kind = fields.text('kind');
    if (!KINDS.includes(kind)) {
      const remedy = `Name a folder of kind ${KINDS.map((known) => `'${known}'`).join(', ')}.`;
      throw refuse(`a model of kind '${kind}' cannot be scored by this version`, remedy);
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
export function hashDocument(document: ModelDocument): string {
  const hashed = { ...document, document_sha256: undefined };
  return createHash('sha256').update(JSON.stringify(hashed)).digest('hex');
}
