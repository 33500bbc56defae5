import type { RunStatus } from '../pipeline/engines/micro-batch/status.js';
import type { Source } from '../pipeline/sources/source.js';
import { CHAMPION, followChampion } from './champion.js';
import { engineOptions } from './engine-options.js';
import { MICRO_BATCH_ENGINES, type RunEngine } from './engines.js';
import { settingOf } from './resources.js';
import type { RunFlags } from './run-flags.js';

/** Checks the flags and runs an engine, the direct one by default, until its source is drained or the signal aborts. */
export async function drive(
  flags: RunFlags,
  source: Source,
  once: boolean,
  signal: AbortSignal,
  onStatus: (status: RunStatus) => void,
  runEngine?: RunEngine,
): Promise<RunStatus> {
  const setting = await settingOf(flags, !once, flags.lake);
  const options = engineOptions(flags, setting, onStatus);
  const run = runEngine ?? (await MICRO_BATCH_ENGINES.direct());
  const notice = (text: string) => process.stderr.write(`vitals: ${text}\n`);
  const follow = flags.model === CHAMPION ? { nextSetting: followChampion(flags.lake, setting, Date.now, notice) } : {};
  return run({ ...options, ...follow, source, once, workers: flags.workers }, signal);
}
