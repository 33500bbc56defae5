import type { BatchVersions } from '../../lake/manifest.js';
import type { Storage } from '../../lake/storage/storage.js';
import { restoreVersions, type RunSetting } from '../engines/micro-batch/version-store.js';

/** What was named on the command line, and so replaces what the lake was last run with. */
export interface Chosen {
  readonly model: boolean;
  readonly patients: boolean;
  readonly timezone: boolean;
}

/**
 * The setting to run messages of a lake again with: what was chosen now, and for the rest what its last batch was run with,
 * whose patients and model the lake keeps copies of. The rules are those of this program.
 *
 * @param given the setting of the command line
 * @param then what the last batch was run with
 * @throws ConfigurationError when the key of the pseudonyms is another one, or a copy is gone
 */
export async function replaySetting(
  storage: Storage,
  given: RunSetting,
  then: BatchVersions,
  chosen: Chosen,
): Promise<RunSetting> {
  const { challenger_id = null, ...others } = then;
  const kept: BatchVersions = {
    ...others,
    ...(chosen.model ? { model_id: null } : challenger_id === null ? {} : { challenger_id }),
    ...(chosen.patients ? { patients: null } : {}),
    ...(chosen.timezone ? { timezone: given.versions.timezone } : {}),
  };
  let setting = await restoreVersions(storage, given, kept);
  if (chosen.model) setting = withModelOf(setting, given);
  if (chosen.patients) setting = withPatientsOf(setting, given);
  return setting;
}

function withModelOf(setting: RunSetting, { graph, resources, versions }: RunSetting): RunSetting {
  const { model, challenger = null } = resources;
  const { model_id, challenger_id } = versions;
  return {
    graph: { ...setting.graph, model: graph.model, challenger: graph.challenger ?? null },
    resources: { ...setting.resources, model, challenger },
    versions: { ...setting.versions, model_id, ...(challenger_id ? { challenger_id } : {}) },
  };
}

function withPatientsOf(setting: RunSetting, { graph, resources, versions }: RunSetting): RunSetting {
  return {
    graph: { ...setting.graph, patients: graph.patients },
    resources: { ...setting.resources, patients: resources.patients },
    versions: { ...setting.versions, patients: versions.patients },
  };
}
