import { openLakeSnapshot, type LakeSnapshot } from '../../lake/reader.js';
import { DEFAULT_LIMITS } from '../../pipeline/engines/micro-batch/options.js';
import type { RefusedItem } from '../../pipeline/replay/read-refused.js';
import { retryDeadLetters, type Retried } from '../../pipeline/replay/retry-dead-letters.js';
import { openQuerySession } from '../../query/session.js';
import { engineOptions } from '../engine-options.js';
import { lakeSetting } from '../replay/lake-setting.js';
import type { GraphFlags } from '../resources.js';
import { conditionOf, RETRIED, selectLetters, type Selection } from './select.js';

/** What `vitals dead-letters retry` was asked. */
export interface RetryRequest extends GraphFlags, Selection {
  readonly lake: string;
  readonly 'dry-run': boolean;
  /** Also those that were run again before. */
  readonly again: boolean;
  readonly json: boolean;
}

/** What it prints with `--json`. */
export interface RetryReport {
  readonly dry_run: boolean;
  readonly messages: number;
  readonly repaired_messages: number;
  readonly repaired_items: number;
  readonly refused_again: Readonly<Record<string, number>>;
  /** What the run of the repaired messages came to; null where nothing was run. */
  readonly run: Retried['run'];
}

/** Runs the refused items that are meant again. @throws ConfigurationError, LakeError */
export async function retryLetters(
  request: RetryRequest,
  clock: () => number,
  signal: AbortSignal,
): Promise<RetryReport> {
  const snapshot = await openLakeSnapshot(request.lake);
  const { messages, trial, run } = await retried(request, snapshot, clock, signal);
  return {
    dry_run: request['dry-run'],
    messages,
    repaired_messages: trial.repaired.length,
    repaired_items: trial.items,
    refused_again: trial.refused,
    run,
  };
}

async function retried(
  request: RetryRequest,
  snapshot: LakeSnapshot,
  clock: () => number,
  signal: AbortSignal,
): Promise<Retried> {
  const items = await refusedItems(snapshot, request);
  if (snapshot.manifest === null || items.length === 0) return NOTHING;
  const setting = await lakeSetting(request.lake, request, snapshot.manifest.versions);
  const flags = { ...request, workers: 0, 'batch-messages': DEFAULT_LIMITS.messages, 'batch-seconds': 1 };
  const options = { ...engineOptions(flags, setting, () => undefined), workers: 0, clock };
  return retryDeadLetters(snapshot, items, options, request['dry-run'], signal);
}

const NOTHING: Retried = { messages: 0, trial: { repaired: [], items: 0, refused: {} }, run: null };

/**
 * Items that were refused whole and not run again yet. One that was FUTURE goes by when it is received, so a retry would let
 * it through once the day has come: only when it is named.
 */
async function refusedItems(snapshot: LakeSnapshot, request: RetryRequest): Promise<readonly RefusedItem[]> {
  const condition = conditionOf(request);
  const future = request.reason === undefined && request.id === undefined ? `AND d.reason <> 'FUTURE'` : '';
  const first = request.again ? '' : `AND NOT ${RETRIED}`;
  const session = await openQuerySession(snapshot);
  try {
    const sql = `SELECT DISTINCT d.batch, d."offset", d.item FROM silver.dead_letter d
      WHERE d.scope = 'item' AND ${condition.sql} ${future} ${first}`;
    return (await selectLetters(session, sql, condition)) as unknown as readonly RefusedItem[];
  } finally {
    await session.close();
  }
}
