import { LakeError } from './lake-error.js';
import type { ProcessIdentity, ProcessInfo } from './process-info.js';
import type { Storage } from './storage/storage.js';

const FOLDER = '_writer.lock/';

/** Rounds of losing to others who are gone again before giving up. */
const ROUNDS = 100;

interface Claim {
  readonly generation: number;
  /** Null: released. */
  readonly holder: ProcessIdentity | null;
}

/** Held by the one writer of a lake. */
export interface WriterLock {
  readonly generation: number;
  /** Lets the next writer in at once; without it (a crash) the next one finds the holder dead. */
  release(): Promise<void>;
}

/**
 * Takes the lock of a lake, or throws a {@link LakeError} LOCKED that names the holder.
 *
 * `_writer.lock/<generation>` files are created put-if-absent; the greatest generation says who holds the lock. It is
 * superseded only when its holder is dead or has released it, and only by the next number, so of several that try
 * exactly one creates it. The greatest is never deleted; therefore whoever created a number that others had passed and
 * cleaned up meanwhile finds a greater one when looking again, and yields.
 */
export async function takeWriterLock(storage: Storage, processes: ProcessInfo): Promise<WriterLock> {
  for (let round = 0; round < ROUNDS; round++) {
    const current = await readClaim(storage);
    if (current?.holder && processes.isAlive(current.holder)) throw locked(storage, current, current.holder);
    const generation = (current?.generation ?? 0) + 1;
    if ((await put(storage, { generation, holder: processes.self })) === 'exists') continue;
    const generations = await listGenerations(storage);
    if (generations.at(-1) !== generation) {
      await storage.delete(lockPath(generation));
      continue;
    }
    for (const older of generations) if (older < generation) await storage.delete(lockPath(older));
    return { generation, release: () => release(storage, generation) };
  }
  throw new LakeError('LOCKED', `Other writers of ${storage.root} come and go`, 'Start only one writer at a time');
}

async function release(storage: Storage, generation: number): Promise<void> {
  await put(storage, { generation: generation + 1, holder: null });
  await storage.delete(lockPath(generation));
}

/** The greatest claim; null when there never was one. */
async function readClaim(storage: Storage): Promise<Claim | null> {
  for (let round = 0; round < ROUNDS; round++) {
    const generation = (await listGenerations(storage)).at(-1);
    if (generation === undefined) return null;
    const bytes = await storage.readRange(lockPath(generation), 0, null);
    // Gone between listing and reading: somebody passed it.
    if (bytes !== null) return { generation, holder: parseHolder(bytes) };
  }
  throw new LakeError('LOCKED', `The lock of ${storage.root} cannot be read`, 'Start only one writer at a time');
}

/** Ascending, as listings are. */
async function listGenerations(storage: Storage): Promise<readonly number[]> {
  const names = (await storage.list(FOLDER)).map((path) => path.slice(FOLDER.length));
  return names.filter((name) => /^\d{12}$/.test(name)).map(Number);
}

function put(storage: Storage, claim: Claim): Promise<'created' | 'exists'> {
  return storage.putIfAbsent(lockPath(claim.generation), Buffer.from(JSON.stringify({ holder: claim.holder }) + '\n'));
}

function parseHolder(bytes: Uint8Array): ProcessIdentity | null {
  return (JSON.parse(Buffer.from(bytes).toString('utf8')) as { holder: ProcessIdentity | null }).holder;
}

function lockPath(generation: number): string {
  return FOLDER + String(generation).padStart(12, '0');
}

function locked(storage: Storage, claim: Claim, holder: ProcessIdentity): LakeError {
  const problem = `The lake ${storage.root} is being written by process ${holder.pid} on ${holder.host}`;
  const remedy = `Stop that process; if ${holder.host} is gone for good, delete ${lockPath(claim.generation)}`;
  return new LakeError('LOCKED', problem, remedy);
}
