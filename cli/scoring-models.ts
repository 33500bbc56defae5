import type { BatchVersions } from '../lake/manifest.js';
import { decodeModelFolder, type ModelFolder } from '../model/model-folder.js';
import { requireStreamModel } from '../model/stream-model.js';
import type { GraphSetting } from './graph-setting.js';

/** A model by its id, and its files. */
export interface NamedModel {
  readonly id: string;
  readonly files: ModelFolder;
}

/** What scores, and what scores in its shadow. */
export interface ScoringModels {
  readonly model: NamedModel | null;
  readonly challenger: NamedModel | null;
}

export const NO_MODELS: ScoringModels = { model: null, challenger: null };

/**
 * @param folder what to call the files in an error
 * @throws ConfigurationError where they are no model, or one that cannot score readings one by one
 */
export function namedModel(files: ModelFolder, folder: string): NamedModel {
  const model = decodeModelFolder(files, folder);
  requireStreamModel(model);
  return { id: model.id, files };
}

/** The same setting with other models. */
export function withModels(setting: GraphSetting, { model, challenger }: ScoringModels): GraphSetting {
  return {
    graph: {
      ...setting.graph,
      model: model === null ? null : `model:${model.id}`,
      challenger: challenger === null ? null : `model:${challenger.id}`,
    },
    resources: { ...setting.resources, model: model?.files ?? null, challenger: challenger?.files ?? null },
    versions: versionsWith(setting.versions, model, challenger),
  };
}

function versionsWith(versions: BatchVersions, model: NamedModel | null, challenger: NamedModel | null): BatchVersions {
  const { rules, patients, pseudonym_key, timezone, check_clock } = versions;
  const others = { patients, pseudonym_key, timezone, check_clock };
  const model_id = model?.id ?? null;
  return challenger === null
    ? { rules, model_id, ...others }
    : { rules, model_id, challenger_id: challenger.id, ...others };
}

/** The same setting, where nothing can score in the shadow. */
export function withoutChallenger(setting: GraphSetting): GraphSetting {
  const { model_id } = setting.versions;
  const { model } = setting.resources;
  const named = model_id === null || model === null ? null : { id: model_id, files: model };
  return withModels(setting, { model: named, challenger: null });
}
