import {
  DEFAULT_INDEX_KEYS,
  DEFAULT_LIMITS,
  DEFAULT_OUT_OF_ORDERNESS_MILLIS,
  type MicroBatchOptions,
} from '../pipeline/engines/micro-batch/options.js';
import type { RunStatus } from '../pipeline/engines/micro-batch/status.js';
import { ConfigurationError } from '../schema/errors.js';
import { lakeUrl } from './lake-url.js';
import type { GraphSetting } from './graph-setting.js';
import type { RunFlags } from './run-flags.js';

/** What every engine is set to, whatever it reads. @throws ConfigurationError for a flag that is out of range */
export function engineOptions(
  flags: RunFlags,
  setting: GraphSetting,
  onStatus: (status: RunStatus) => void,
): Omit<MicroBatchOptions, 'source' | 'once' | 'workers'> {
  requireAtLeast('--workers', flags.workers, 0);
  requireAtLeast('--batch-messages', flags['batch-messages'], 1);
  requireAtLeast('--batch-seconds', flags['batch-seconds'], 0.01);
  return {
    ...setting,
    lake: lakeUrl(flags.lake),
    limits: { ...DEFAULT_LIMITS, messages: flags['batch-messages'] },
    batchMillis: flags['batch-seconds'] * 1000,
    outOfOrdernessMillis: DEFAULT_OUT_OF_ORDERNESS_MILLIS,
    indexKeys: DEFAULT_INDEX_KEYS,
    clock: Date.now,
    onStatus,
  };
}

function requireAtLeast(flag: string, value: number, least: number): void {
  if (Number.isFinite(value) && value >= least) return;
  throw new ConfigurationError(flag, `${value} is not a number of at least ${least}`, `Give ${least} or more.`);
}
