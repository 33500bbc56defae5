import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeDocument } from '../../model/decode-document.js';
import { DOCUMENT_FILE, WEIGHTS_FILE, type ModelDocument } from '../../model/model-document.js';
import { ConfigurationError } from '../../schema/errors.js';
import { readModelFolder } from '../model-files.js';

/** A model as it is pushed: byte for byte its folder, and what its document says. */
export interface Pushable {
  readonly document: ModelDocument;
  readonly files: Readonly<Record<typeof DOCUMENT_FILE | typeof WEIGHTS_FILE, Uint8Array>>;
}

/** What the loader in Python reads (vitals_model.py). */
const LOADABLE: readonly string[] = ['forest', 'autoencoder'];

/**
 * Reads a model folder, and checks all of it as whoever scores with it would.
 *
 * @throws ConfigurationError for a folder that is no whole model, and for a kind that the loader in Python cannot score
 */
export function readPushable(folder: string): Pushable {
  const { kind } = readModelFolder(folder);
  if (!LOADABLE.includes(kind)) {
    const problem = `the loader in Python cannot score a model of kind '${kind}'`;
    throw new ConfigurationError(folder, problem, `Push a model of kind ${LOADABLE.join(' or ')}.`);
  }
  const files = {
    [DOCUMENT_FILE]: readFileSync(join(folder, DOCUMENT_FILE)),
    [WEIGHTS_FILE]: readFileSync(join(folder, WEIGHTS_FILE)),
  };
  return { document: decodeDocument(files[DOCUMENT_FILE], join(folder, DOCUMENT_FILE)), files };
}
