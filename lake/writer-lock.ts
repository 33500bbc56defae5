import { randomBytes } from 'node:crypto';
import { LakeError } from './lake-error.js';
import { DEFAULT_LEASE, keepLease, outlivesLease, type Lease, type WriterLock } from './lease.js';
import type { ProcessIdentity, ProcessInfo } from './process-info.js';
import type { Storage } from './storage/storage.js';
import { listGenerations, lockPath, putClaim, readClaim, type Claim } from './writer-claim.js';

export type { WriterLock } from './lease.js';

/** Rounds of losing to others who are gone again before giving up. */
const ROUNDS = 100;

/**
 * Takes the lock of a lake, or throws a {@link LakeError} LOCKED that names the holder.
 *
 * `_writer.lock/<generation>` files are created put-if-absent; the greatest generation says who holds the lock. It is
 * superseded only when its holder is dead or has released it, and only by the next number, so of several that try
 * exactly one creates it. The greatest is never deleted; therefore whoever created a number that others had passed and
 * cleaned up meanwhile finds a greater one when looking again, and yields.
 *
 * On local disk the system knows whether the holder lives. In a bucket it may be a process of any machine: there the holder
 * renews its claim by taking the next number, and one that has not been renewed for the length of a lease is dead. Should
 * the clock of that judgement be wrong, the next commit of one of the two finds its name taken, and stops: the lock keeps
 * writers from wasting work, the names of commits keep the lake whole.
 *
 * @param lease null on local disk
 */
export async function takeWriterLock(
  storage: Storage,
  processes: ProcessInfo,
  lease: Lease | null = storage.local === null ? DEFAULT_LEASE : null,
): Promise<WriterLock> {
  const token = randomBytes(8).toString('hex');
  for (let round = 0; round < ROUNDS; round++) {
    const current = await readClaim(storage);
    if (current?.holder && (await isAlive(storage, current, current.holder, processes, lease))) {
      throw locked(storage, current, current.holder);
    }
    const claim = { generation: (current?.generation ?? 0) + 1, holder: processes.self, token };
    if ((await putClaim(storage, claim)) === 'exists') continue;
    const generations = await listGenerations(storage);
    if (generations.at(-1) !== claim.generation) {
      await storage.delete(lockPath(claim.generation));
      continue;
    }
    for (const older of generations) if (older < claim.generation) await storage.delete(lockPath(older));
    return keepLease(storage, claim, lease);
  }
  throw new LakeError('LOCKED', `Other writers of ${storage.root} come and go`, 'Start only one writer at a time');
}

async function isAlive(
  storage: Storage,
  claim: Claim,
  holder: ProcessIdentity,
  processes: ProcessInfo,
  lease: Lease | null,
): Promise<boolean> {
  // A process can be looked for only within the boot of the machine that it runs on.
  const here = holder.host === processes.self.host && holder.boot === processes.self.boot;
  return lease === null || here ? processes.isAlive(holder) : outlivesLease(storage, claim, lease);
}

function locked(storage: Storage, claim: Claim, holder: ProcessIdentity): LakeError {
  const problem = `The lake ${storage.root} is being written by process ${holder.pid} on ${holder.host}`;
  const remedy = `Stop that process; if ${holder.host} is gone for good, delete ${lockPath(claim.generation)}`;
  return new LakeError('LOCKED', problem, remedy);
}
