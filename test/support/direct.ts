import { runDirect } from '../../pipeline/engines/direct/engine.js';
import type { MicroBatchOptions } from '../../pipeline/engines/micro-batch/options.js';
import type { RunSetting } from '../../pipeline/engines/micro-batch/version-store.js';
import type { RunStatus } from '../../pipeline/engines/micro-batch/status.js';
import { DEVELOPMENT_PSEUDONYM_KEY } from '../../transforms/pseudonym.js';
import { MemorySource } from './memory-source.js';

/** A wall clock that a test turns: a second a look. */
export function tickingClock(start = Date.UTC(2026, 10, 21, 12)): () => number {
  let now = start;
  return () => (now += 1000);
}

/** What the tests run with: no model, no patients, nothing held against a clock. */
export const SETTING: RunSetting = {
  graph: {
    decode: { timezone: null },
    cleanse: { checkClock: false },
    pseudonym: 'pseudonym:test',
    patients: 'patients:none',
    model: null,
    ruleVersion: 'test',
  },
  resources: { pseudonymKey: DEVELOPMENT_PSEUDONYM_KEY, patients: null, model: null },
  versions: {
    rules: 'test',
    model_id: null,
    patients: null,
    pseudonym_key: 'test',
    timezone: null,
    check_clock: false,
  },
};

/** Runs messages through the direct engine in this thread, to the end, in batches of a given size. */
export function runMessages(
  lake: string,
  payloads: readonly (string | Uint8Array)[],
  batchMessages = 1_000,
  changes: Partial<MicroBatchOptions> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<RunStatus> {
  return runDirect(
    {
      lake,
      source: new MemorySource(payloads),
      ...SETTING,
      once: true,
      workers: 0,
      limits: { messages: batchMessages, bytes: 1 << 30 },
      batchMillis: 1_000,
      outOfOrdernessMillis: 30_000,
      indexKeys: 1_000_000,
      clock: tickingClock(),
      onStatus: () => {},
      ...changes,
    },
    signal,
  );
}
