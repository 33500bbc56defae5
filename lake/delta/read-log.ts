import { concurrently } from '../concurrently.js';
import { LakeError } from '../lake-error.js';
import type { Storage } from '../storage/storage.js';
import type { Action } from './actions.js';
import { decodeCheckpoint } from './checkpoint.js';
import { checkpointPath, commitPath, LOG_FOLDER, parseListing, type LogListing } from './log-name.js';
import { TableState } from './table-state.js';

/** One commit of a log. */
export interface Commit {
  readonly version: number;
  readonly actions: readonly Action[];
}

/** A state of a table and the commits that came after it. */
export interface LogTail {
  readonly state: TableState;
  readonly commits: readonly Commit[];
}

/** A file of the log that was listed is gone: clean-up passed by, and looking again will do. */
export class LogMoved extends Error {
  override readonly name = 'LogMoved';
}

export async function listLog(storage: Storage, folder: string): Promise<LogListing> {
  return parseListing(await storage.list(folder + LOG_FOLDER));
}

/**
 * The newest checkpoint that `accept` takes (the empty table if it takes none and version 0 is still there), and all
 * later commits. The listing decides, not `_last_checkpoint`: that is a hint for readers who cannot list.
 *
 * Throws a {@link LakeError} for a log with a gap and for a state that has been cleaned up, {@link LogMoved} when clean-up removes what is being read.
 */
export async function readLog(
  storage: Storage,
  folder: string,
  listing: LogListing,
  accept: (state: TableState) => boolean = () => true,
): Promise<LogTail> {
  const state = await startingState(storage, folder, listing, accept);
  const versions = listing.commits.filter((version) => version > state.version);
  versions.forEach((version, i) => {
    if (version !== state.version + 1 + i) throw gap(folder, state.version + 1 + i);
  });
  return { state, commits: await concurrently(versions, (version) => mustReadCommit(storage, folder, version)) };
}

/** One commit; null when the log does not hold it (yet, or any more). */
export async function readCommit(storage: Storage, folder: string, version: number): Promise<Commit | null> {
  const bytes = await storage.readRange(folder + commitPath(version), 0, null);
  return bytes === null ? null : { version, actions: parseCommit(folder, version, bytes) };
}

async function mustReadCommit(storage: Storage, folder: string, version: number): Promise<Commit> {
  const commit = await readCommit(storage, folder, version);
  if (commit === null) throw new LogMoved(`${folder}${commitPath(version)} is gone`);
  return commit;
}

async function startingState(
  storage: Storage,
  folder: string,
  listing: LogListing,
  accept: (state: TableState) => boolean,
): Promise<TableState> {
  for (const version of [...listing.checkpoints].reverse()) {
    const bytes = await storage.readRange(folder + checkpointPath(version), 0, null);
    if (bytes === null) throw new LogMoved(`${folder}${checkpointPath(version)} is gone`);
    const state = new TableState();
    state.apply(version, decodeCheckpoint(bytes));
    if (accept(state)) return state;
  }
  const first = listing.commits[0] ?? 0;
  if (first === 0) return new TableState();
  if (listing.checkpoints.length === 0) throw gap(folder, 0);
  const problem = `What ${folder.slice(0, -1)} held before version ${first} has been cleaned up`;
  throw new LakeError('GONE', problem, 'Ask for a newer state');
}

function parseCommit(folder: string, version: number, bytes: Uint8Array): readonly Action[] {
  const lines = Buffer.from(bytes).toString('utf8').split('\n');
  try {
    return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as Action);
  } catch (error) {
    const problem = `${folder}${commitPath(version)} is not a Delta commit`;
    throw new LakeError('CORRUPT', problem, 'Restore the file from a copy, or rebuild the lake from its sources', {
      cause: error,
    });
  }
}

function gap(folder: string, version: number): LakeError {
  const problem = `The log of ${folder.slice(0, -1)} lacks version ${version}`;
  return new LakeError('CORRUPT', problem, 'Restore the file from a copy, or rebuild the lake from its sources');
}
