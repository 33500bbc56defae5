import { ModelRegistry } from '../lake/model-registry/model-registry.js';
import type { ModelAliases } from '../lake/model-registry/aliases.js';
import { isGcsUrl } from '../lake/storage/gcs-url.js';
import { ConfigurationError } from '../schema/errors.js';
import { lakeUrl } from './lake-url.js';
import type { GraphSetting } from './graph-setting.js';
import { namedModel, withModels, type ScoringModels } from './scoring-models.js';

/** `--model champion`: the model that the lake's registry names, and no folder of that name. */
export const CHAMPION = 'champion';

/** Milliseconds between two looks at the registry: a listing of a folder costs nothing, one of a bucket a little money. */
const LOOK_EVERY_MILLIS = 1_000;
const LOOK_EVERY_MILLIS_IN_BUCKET = 30_000;

/** The champion of a lake, with its challenger. @throws ConfigurationError where it has none */
export async function championOf(lake: string | undefined): Promise<ScoringModels> {
  if (lake === undefined) {
    throw new ConfigurationError('--model', 'a champion is the model of a lake', 'Name a model folder: --model DIR.');
  }
  const registry = new ModelRegistry(lakeUrl(lake));
  const models = await modelsNamed(registry, await registry.aliases());
  if (models.model !== null) return models;
  const remedy = `Promote a model first: vitals model register DIR --lake ${lake} --promote.`;
  throw new ConfigurationError('--model', `${lake} has no champion yet`, remedy);
}

/** Whether the registry of a lake names a champion. */
export async function hasChampion(lake: string): Promise<boolean> {
  return (await new ModelRegistry(lakeUrl(lake)).aliases()).champion !== null;
}

/**
 * Follows the lake's registry: says what later batches are to run with when a promotion, a rollback or another challenger has
 * changed it. A look that fails changes nothing, and the next one tries again.
 *
 * @param notice told of a change, and of a look that failed
 */
export function followChampion(
  lake: string,
  setting: GraphSetting,
  clock: () => number,
  notice: (text: string) => void,
): () => Promise<GraphSetting | null> {
  const registry = new ModelRegistry(lakeUrl(lake));
  const every = isGcsUrl(lake) ? LOOK_EVERY_MILLIS_IN_BUCKET : LOOK_EVERY_MILLIS;
  let current = setting;
  let looked = clock();
  return async () => {
    if (clock() - looked < every) return null;
    looked = clock();
    try {
      const next = await changed(registry, current);
      if (next === null) return null;
      const { model_id, challenger_id } = next.versions;
      notice(`${model_id} scores from here on${challenger_id === undefined ? '' : `, ${challenger_id} in its shadow`}`);
      current = next;
      return next;
    } catch (error) {
      notice(`the registry was not to be read, ${current.versions.model_id} goes on: ${(error as Error).message}`);
      return null;
    }
  };
}

async function changed(registry: ModelRegistry, current: GraphSetting): Promise<GraphSetting | null> {
  const aliases = await registry.aliases();
  const { model_id, challenger_id = null } = current.versions;
  if (aliases.champion === model_id && aliases.challenger === challenger_id) return null;
  const models = await modelsNamed(registry, aliases);
  return models.model === null ? null : withModels(current, models);
}

async function modelsNamed(registry: ModelRegistry, aliases: ModelAliases): Promise<ScoringModels> {
  const read = async (id: string | null) => (id === null ? null : namedModel(await registry.read(id), `model ${id}`));
  return { model: await read(aliases.champion), challenger: await read(aliases.challenger) };
}
