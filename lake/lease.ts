import { setTimeout as pause } from 'node:timers/promises';
import { LakeError } from './lake-error.js';
import type { Storage } from './storage/storage.js';
import { lockPath, putClaim, readClaim, type Claim } from './writer-claim.js';

/** Held by the one writer of a lake. */
export interface WriterLock {
  readonly generation: number;
  /** Throws a {@link LakeError} LOCKED once it is known that another writer has taken over. */
  mustHold(): void;
  /** The same, after asking the storage: before anything that no put-if-absent guards. */
  verify(): Promise<void>;
  /** Lets the next writer in at once; without it (a crash) the next one finds the holder dead, or waits for its lease. */
  release(): Promise<void>;
}

/** How long a claim counts that nobody renews, and the means to wait that out. */
export interface Lease {
  readonly millis: number;
  readonly renewEveryMillis: number;
  /** Epoch ms. */
  readonly clock: () => number;
  readonly wait: (millis: number) => Promise<unknown>;
}

/** Ten seconds are longer than a batch keeps the thread; three of them may fail. */
export const DEFAULT_LEASE: Lease = {
  millis: 30_000,
  renewEveryMillis: 10_000,
  clock: Date.now,
  wait: (millis) => pause(millis),
};

/** Leases after which a claim is dead by its age alone, whatever two clocks differ by. */
const SURELY_DEAD = 10;

/** Looks at a claim while waiting for it to be renewed, for each time that it should be. */
const LOOKS = 5;

/**
 * Whether the holder of a claim renews it: waits until it has, or until the lease is over. One that is ten leases old is
 * not waited for.
 */
export async function outlivesLease(storage: Storage, claim: Claim, lease: Lease): Promise<boolean> {
  const object = await storage.stat(lockPath(claim.generation));
  if (object !== null && lease.clock() - object.modified > SURELY_DEAD * lease.millis) return false;
  // Our own clock measures the wait, so nobody's clock has to agree with anybody's.
  const deadline = lease.clock() + lease.millis;
  while (lease.clock() < deadline) {
    await lease.wait(lease.renewEveryMillis / LOOKS);
    const current = await readClaim(storage);
    if (current?.generation !== claim.generation) return current?.holder !== null;
  }
  return false;
}

/** Holds a claim that has been taken: renews it until it is released, or until another writer is found to have taken over. */
export function keepLease(storage: Storage, first: Claim, lease: Lease | null): WriterLock {
  let claim = first;
  let lost: LakeError | null = null;
  let released = false;
  let renewing: Promise<void> = Promise.resolve();

  const renew = async (): Promise<void> => {
    const next = { ...claim, generation: claim.generation + 1 };
    if ((await putClaim(storage, next)) === 'exists') {
      const current = await readClaim(storage);
      // Ours all the same, when an earlier renewal arrived after it had been given up.
      if (current?.token !== claim.token) lost = takenOver(storage, current?.generation ?? next.generation);
      else claim = current;
      return;
    }
    const older = claim.generation;
    claim = next;
    await storage.delete(lockPath(older));
  };
  // A renewal that fails is tried again next time; if meanwhile somebody takes over, that time finds it out.
  const attempt = () =>
    (renewing = renewing.then(() => (lost || released ? undefined : renew())).catch(() => undefined));
  const timer = lease && setInterval(attempt, lease.renewEveryMillis);
  timer?.unref();
  const mustHold = () => {
    if (lost) throw lost;
  };

  return {
    get generation() {
      return claim.generation;
    },
    mustHold,
    async verify() {
      mustHold();
      const current = await readClaim(storage);
      if (current?.token !== claim.token) lost = takenOver(storage, current?.generation ?? 0);
      mustHold();
    },
    async release() {
      released = true;
      if (timer) clearInterval(timer);
      await renewing;
      if (lost) return;
      await putClaim(storage, { ...claim, generation: claim.generation + 1, holder: null });
      await storage.delete(lockPath(claim.generation));
    },
  };
}

function takenOver(storage: Storage, generation: number): LakeError {
  const problem = `Another writer has taken over the lake ${storage.root} (${lockPath(generation)})`;
  return new LakeError(
    'LOCKED',
    problem,
    'Leave it to that writer, or stop it and start again: nothing that was committed is lost',
  );
}
