import { decodeModelFolder } from '../../model/model-folder.js';
import type { ReferencedModel } from '../../query/drift/measure.js';
import { CHAMPION, championOf } from '../champion.js';
import { readModelFolder } from '../model-files.js';

/**
 * The model that drift is measured against: a folder, or `champion` for the one that the lake's registry names.
 *
 * @throws ConfigurationError for a folder that is no model, and for a lake without a champion
 */
export async function referencedModel(model: string, lake: string): Promise<ReferencedModel> {
  if (model !== CHAMPION) return readModelFolder(model);
  const { model: champion } = await championOf(lake);
  if (champion === null) throw new TypeError('championOf: no champion');
  return decodeModelFolder(champion.files, `model ${champion.id}`);
}
