import type { BatchVersions } from '../../../lake/manifest.js';
import type { Storage } from '../../../lake/storage/storage.js';
import { DOCUMENT_FILE, WEIGHTS_FILE } from '../../../model/model-document.js';
import { ConfigurationError } from '../../../schema/errors.js';
import type { ModelFolder } from '../../../model/model-folder.js';
import type { GraphOptions } from '../../graph.js';
import type { AnomalyModelName } from '../../options.js';
import type { ShareResources } from './share.js';

/** Below the lake's root; the patients' copies hold identities, as reference.patients does. */
const FOLDER = '_versions';

/** What a batch was, or would be, run with. */
export interface RunSetting {
  readonly graph: GraphOptions;
  readonly resources: ShareResources;
  readonly versions: BatchVersions;
}

/** Keeps a copy of patients and model in the lake, so that a frozen batch can be run with them after a promotion. */
export async function saveVersions(storage: Storage, { resources, versions }: RunSetting): Promise<void> {
  const { patients, model, challenger = null } = resources;
  if (patients !== null && versions.patients !== null)
    await storage.putIfAbsent(patientsPath(versions.patients), patients);
  if (model !== null && versions.model_id !== null) await saveModel(storage, versions.model_id, model);
  if (challenger !== null && versions.challenger_id) await saveModel(storage, versions.challenger_id, challenger);
}

async function saveModel(storage: Storage, id: string, model: ModelFolder): Promise<void> {
  for (const file of [DOCUMENT_FILE, WEIGHTS_FILE] as const)
    await storage.putIfAbsent(modelPath(id, file), model[file]);
}

/**
 * The setting that a batch was frozen with: patients, model, time zone and clock check of then. Rules are those of this
 * program; a row says which made it. The key of the pseudonyms is not kept in the lake, so it must be the same.
 *
 * @throws ConfigurationError when the lake has no copy of patients or model, or when the key is another one
 */
export async function restoreVersions(
  storage: Storage,
  setting: RunSetting,
  versions: BatchVersions,
): Promise<RunSetting> {
  const { patients, model_id, challenger_id = null, timezone, check_clock } = versions;
  requireSameKey(setting.versions, versions);
  const read = async (path: string): Promise<Uint8Array> => {
    const bytes = await storage.readRange(path, 0, null);
    if (bytes !== null) return bytes;
    throw new ConfigurationError(
      '--lake',
      `a frozen batch needs ${path}, which is gone`,
      'Restore that file from a copy.',
    );
  };
  const readModel = async (id: string): Promise<ModelFolder> => ({
    [DOCUMENT_FILE]: await read(modelPath(id, DOCUMENT_FILE)),
    [WEIGHTS_FILE]: await read(modelPath(id, WEIGHTS_FILE)),
  });
  return {
    graph: {
      ...setting.graph,
      decode: { ...setting.graph.decode, timezone },
      cleanse: { ...setting.graph.cleanse, checkClock: check_clock },
      patients: `patients:${patients ?? 'none'}`,
      model: modelName(model_id),
      challenger: modelName(challenger_id),
    },
    resources: {
      ...setting.resources,
      patients: patients === null ? null : await read(patientsPath(patients)),
      model: model_id === null ? null : await readModel(model_id),
      challenger: challenger_id === null ? null : await readModel(challenger_id),
    },
    versions: { ...versions, rules: setting.versions.rules },
  };
}

/** Whether a batch that was frozen with these can be run with those. */
export function sameVersions(a: BatchVersions, b: BatchVersions): boolean {
  return (
    a.model_id === b.model_id &&
    a.challenger_id === b.challenger_id &&
    a.patients === b.patients &&
    a.pseudonym_key === b.pseudonym_key &&
    a.timezone === b.timezone &&
    a.check_clock === b.check_clock
  );
}

/**
 * Keeps a lake to one key: with another one every patient would get a second pseudonym.
 *
 * @throws ConfigurationError when the two keys differ
 */
export function requireSameKey(now: BatchVersions, then: BatchVersions): void {
  if (now.pseudonym_key === then.pseudonym_key) return;
  throw new ConfigurationError(
    '--pseudonym-key-file',
    'this lake was written with another key, and a patient has one pseudonym in a lake',
    'Give the file that the lake was begun with, or begin another lake with --lake.',
  );
}

function modelName(id: string | null): AnomalyModelName | null {
  return id === null ? null : `model:${id}`;
}

function patientsPath(hash: string): string {
  return `${FOLDER}/patients-${hash}.ndjson`;
}

function modelPath(id: string, file: string): string {
  return `${FOLDER}/${id}/${file}`;
}
