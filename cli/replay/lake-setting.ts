import type { BatchVersions } from '../../lake/manifest.js';
import { openStorage } from '../../lake/storage/open.js';
import { replaySetting } from '../../pipeline/replay/replay-setting.js';
import type { GraphSetting } from '../graph-setting.js';
import { lakeUrl } from '../lake-url.js';
import { settingOf, type GraphFlags } from '../resources.js';

/**
 * What messages of a lake are run again with: the flags, and for what they leave out the patients, the model and the time
 * zone of its last batch.
 *
 * @throws ConfigurationError for a file that cannot be read, and for another key than the lake's
 */
export async function lakeSetting(lake: string, flags: GraphFlags, then: BatchVersions): Promise<GraphSetting> {
  const given = await settingOf(flags, then.check_clock, lake);
  return replaySetting(openStorage(lakeUrl(lake)), given, then, {
    model: flags.model !== undefined,
    patients: flags.patients !== undefined,
    timezone: flags.timezone !== undefined,
  });
}
