import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLakeWriter } from '../../lake/lake.js';
import { openLakeSnapshot, type LakeSnapshot } from '../../lake/reader.js';
import { openStorage } from '../../lake/storage/open.js';
import { DEFAULT_LIMITS } from '../../pipeline/engines/micro-batch/options.js';
import type { RunStatus } from '../../pipeline/engines/micro-batch/status.js';
import type { ReceivedBetween } from '../../pipeline/replay/bronze-batches.js';
import { compareLakes, type TableDifference } from '../../pipeline/replay/compare-lakes.js';
import { copyBeside } from '../../pipeline/replay/copy-beside.js';
import { rebuildLake } from '../../pipeline/replay/rebuild-lake.js';
import type { SourcePositions } from '../../pipeline/sources/source.js';
import { hashLake } from '../../query/content-hash.js';
import { ConfigurationError } from '../../schema/errors.js';
import { parseTime } from '../../simulator/times.js';
import { engineOptions } from '../engine-options.js';
import { lakeUrl } from '../lake-url.js';
import type { GraphFlags } from '../resources.js';
import { lakeSetting } from './lake-setting.js';

/** What `vitals replay` was asked. */
export interface ReplayRequest extends GraphFlags {
  readonly lake: string;
  /** The new lake; left out with --diff alone. */
  readonly out: string | undefined;
  readonly diff: boolean;
  /** Time of receipt, ISO: at this time or later. */
  readonly from: string | undefined;
  /** Before this time. */
  readonly to: string | undefined;
  readonly workers: number;
  readonly json: boolean;
}

interface Hashes {
  readonly silver_hash: string;
  readonly gold_hash: string;
}

/** What it prints with `--json`. */
export interface ReplayReport {
  /** The new lake; null where it was made for comparing only. */
  readonly out: string | null;
  /** Whether all of bronze was replayed, so that the new lake can take the place of the old one. */
  readonly whole: boolean;
  /** Messages that were replayed. */
  readonly messages: number;
  readonly before: Hashes;
  readonly after: Hashes;
  /** Null without --diff. */
  readonly difference: readonly TableDifference[] | null;
}

export type OnStatus = (status: RunStatus) => void;

/**
 * Rebuilds silver and gold from bronze: into a new lake, or into a temporary one to say what would change. The old lake is only
 * read. For a new lake nothing may write to the old one meanwhile, so that none of its messages is left behind.
 *
 * @throws ConfigurationError for flags that do not go together; LakeError LOCKED while a pipeline writes to the lake
 */
export async function runReplay(
  request: ReplayRequest,
  clock: () => number,
  signal: AbortSignal,
  onStatus: OnStatus = () => undefined,
): Promise<ReplayReport> {
  const received = rangeOf(request);
  if (request.out !== undefined) {
    const out = lakeUrl(request.out);
    await mustBeEmpty(out);
    return heldStill(request.lake, clock, (positions) =>
      replayInto(out, request, received, positions, clock, signal, onStatus),
    );
  }
  if (!request.diff) throw new ConfigurationError('replay', 'neither --diff nor --out is given', REMEDY);
  const work = await mkdtemp(join(tmpdir(), 'vitals-replay-'));
  try {
    const report = await replayInto(join(work, 'lake'), request, received, null, clock, signal, onStatus);
    return { ...report, out: null };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const REMEDY = 'Give --diff to see what would change, or --out DIR to write the rebuilt lake there.';

function rangeOf({ from, to }: ReplayRequest): ReceivedBetween {
  const received = {
    from: from === undefined ? -Infinity : parseTime('--from', from),
    to: to === undefined ? Infinity : parseTime('--to', to),
  };
  if (received.from < received.to) return received;
  throw new ConfigurationError('--to', `${to} is not after ${from}`, 'Give a time of receipt after --from.');
}

async function mustBeEmpty(out: string): Promise<void> {
  const [first] = await openStorage(out).list('');
  if (first === undefined) return;
  throw new ConfigurationError('--out', `${out} is not empty`, 'Name a new folder: a lake is never rebuilt in place.');
}

/** Does work while this process holds the lake's lock, given where its sources stand. */
async function heldStill<T>(
  lake: string,
  clock: () => number,
  work: (positions: SourcePositions | null) => Promise<T>,
): Promise<T> {
  const writer = await openLakeWriter(lakeUrl(lake), { clock });
  try {
    const unfinished = writer.unfinishedBatches().length;
    if (unfinished > 0) {
      const problem = `${unfinished} batches of ${lake} are frozen and not committed`;
      throw new ConfigurationError('--lake', problem, 'Let the pipeline complete them first: vitals run --once.');
    }
    return await work(writer.positions() as SourcePositions | null);
  } finally {
    await writer.close();
  }
}

async function replayInto(
  out: string,
  request: ReplayRequest,
  received: ReceivedBetween,
  positions: SourcePositions | null,
  clock: () => number,
  signal: AbortSignal,
  onStatus: OnStatus,
): Promise<ReplayReport> {
  const before = await openLakeSnapshot(lakeUrl(request.lake));
  if (before.manifest === null) {
    throw new ConfigurationError(
      '--lake',
      `${request.lake} holds no batch`,
      'Name a lake that a pipeline has written.',
    );
  }
  const whole = received.from === -Infinity && received.to === Infinity;
  const setting = await lakeSetting(request.lake, request, before.manifest.versions);
  const flags = { ...request, lake: out, 'batch-messages': DEFAULT_LIMITS.messages, 'batch-seconds': 1 };
  const options = { ...engineOptions(flags, setting, onStatus), workers: request.workers, clock };
  const status = await rebuildLake(before, options, whole ? positions : null, signal, received);
  signal.throwIfAborted();
  const messages = status.run.messages;
  if (whole) mustBeWhole(before, messages);
  if (whole && request.out !== undefined) await copyBeside(before.root, out);
  const after = await openLakeSnapshot(out);
  return {
    out,
    whole,
    messages,
    before: await hashesOf(before),
    after: await hashesOf(after),
    difference: request.diff ? await compareLakes(before, after, received) : null,
  };
}

function mustBeWhole({ totals, root }: LakeSnapshot, messages: number): void {
  if (messages === totals.messages) return;
  throw new Error(`replay: ${root} froze ${totals.messages} messages, and ${messages} were replayed`);
}

async function hashesOf(snapshot: LakeSnapshot): Promise<Hashes> {
  const { silver_hash, gold_hash } = await hashLake(snapshot);
  return { silver_hash, gold_hash };
}
