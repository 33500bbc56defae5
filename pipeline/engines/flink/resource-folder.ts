import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DOCUMENT_FILE, WEIGHTS_FILE } from '../../../model/model-document.js';
import type { GraphOptions } from '../../graph.js';
import type { ShareResources } from '../micro-batch/share.js';

export const KEY_FILE = 'pseudonym-key';
export const PATIENTS_FILE = 'patients.ndjson';
/** Before the names of the challenger's files. */
export const CHALLENGER_PREFIX = 'challenger-';

/** Where worker processes find what a graph names; plain JSON without a secret. */
export interface ResourceFolder {
  readonly folder: string;
  readonly graph: GraphOptions;
  readonly hasPatients: boolean;
  readonly hasModel: boolean;
  readonly hasChallenger: boolean;
}

/** Writes resources for worker processes of this machine, readable by this user only, below a folder that is deleted with the run. */
export async function writeResources(
  parent: string,
  graph: GraphOptions,
  { pseudonymKey, patients, model, challenger = null }: ShareResources,
): Promise<ResourceFolder> {
  const folder = await mkdtemp(join(parent, 'resources-'));
  const put = (file: string, bytes: Uint8Array) => writeFile(join(folder, file), bytes, { mode: 0o600 });
  await put(KEY_FILE, pseudonymKey);
  if (patients !== null) await put(PATIENTS_FILE, patients);
  if (model !== null) {
    await put(DOCUMENT_FILE, model[DOCUMENT_FILE]);
    await put(WEIGHTS_FILE, model[WEIGHTS_FILE]);
  }
  if (challenger !== null) {
    await put(CHALLENGER_PREFIX + DOCUMENT_FILE, challenger[DOCUMENT_FILE]);
    await put(CHALLENGER_PREFIX + WEIGHTS_FILE, challenger[WEIGHTS_FILE]);
  }
  return {
    folder,
    graph,
    hasPatients: patients !== null,
    hasModel: model !== null,
    hasChallenger: challenger !== null,
  };
}
