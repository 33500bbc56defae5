import { LakeError } from './lake-error.js';
import type { ProcessIdentity } from './process-info.js';
import type { Storage } from './storage/storage.js';

const FOLDER = '_writer.lock/';

/** Looks at a claim that is always gone again before giving up. */
const ROUNDS = 100;

/** Who says to hold the lock. */
export interface Claim {
  readonly generation: number;
  /** Null: released. */
  readonly holder: ProcessIdentity | null;
  /** The same in all claims of a writer, and in nobody else's: process numbers and machine names come again. */
  readonly token: string;
}

/** The greatest claim; null when there never was one. */
export async function readClaim(storage: Storage): Promise<Claim | null> {
  for (let round = 0; round < ROUNDS; round++) {
    const generation = (await listGenerations(storage)).at(-1);
    if (generation === undefined) return null;
    const bytes = await storage.readRange(lockPath(generation), 0, null);
    // Gone between listing and reading: somebody passed it.
    if (bytes !== null) return parseClaim(generation, bytes);
  }
  throw new LakeError('LOCKED', `The lock of ${storage.root} cannot be read`, 'Start only one writer at a time');
}

/** Of all claims that are there; ascending, as listings are. */
export async function listGenerations(storage: Storage): Promise<readonly number[]> {
  const names = (await storage.list(FOLDER)).map((path) => path.slice(FOLDER.length));
  return names.filter((name) => /^\d{12}$/.test(name)).map(Number);
}

/** Takes a generation, if nobody has. */
export function putClaim(storage: Storage, { generation, holder, token }: Claim): Promise<'created' | 'exists'> {
  return storage.putIfAbsent(lockPath(generation), Buffer.from(JSON.stringify({ holder, token }) + '\n'));
}

function parseClaim(generation: number, bytes: Uint8Array): Claim {
  const { holder, token = '' } = JSON.parse(Buffer.from(bytes).toString('utf8')) as Omit<Claim, 'token'> & {
    readonly token?: string;
  };
  return { generation, holder, token };
}

export function lockPath(generation: number): string {
  return FOLDER + String(generation).padStart(12, '0');
}
