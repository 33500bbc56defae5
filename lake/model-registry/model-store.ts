import { DOCUMENT_FILE, WEIGHTS_FILE } from '../../model/model-document.js';
import type { ModelFolder } from '../../model/model-folder.js';
import { LakeError } from '../lake-error.js';
import type { Storage } from '../storage/storage.js';

/** Below the lake's root: a folder a model, by its id, which says its content. */
const FOLDER = '_models';

/** Weights first: a model is there when its document is. */
const FILES = [WEIGHTS_FILE, DOCUMENT_FILE] as const;

/** Puts a model into the lake. Files never change: the id is a hash of their content. */
export async function putModel(storage: Storage, id: string, model: ModelFolder): Promise<void> {
  for (const file of FILES) await storage.putIfAbsent(pathOf(id, file), model[file]);
}

/** The files of a model. @throws LakeError when they are gone */
export async function getModel(storage: Storage, id: string): Promise<ModelFolder> {
  const [document, weights] = await Promise.all([read(storage, id, DOCUMENT_FILE), read(storage, id, WEIGHTS_FILE)]);
  return { [DOCUMENT_FILE]: document, [WEIGHTS_FILE]: weights };
}

async function read(storage: Storage, id: string, file: string): Promise<Uint8Array> {
  const bytes = await storage.readRange(pathOf(id, file), 0, null);
  if (bytes !== null) return bytes;
  throw new LakeError(
    'CORRUPT',
    `${pathOf(id, file)} is missing`,
    'Register the model again with vitals model register',
  );
}

function pathOf(id: string, file: string): string {
  return `${FOLDER}/${id}/${file}`;
}
