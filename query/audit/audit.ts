import { openLakeFiles, type LakeFiles } from '../../lake/lake-files.js';
import { openLakeSnapshot, type LakeSnapshot } from '../../lake/reader.js';
import { SILVER_PATIENT_VITALS } from '../../schema/tables/silver-patient-vitals.js';
import { contentHashes, rowsOf, type ContentHashes } from '../content-hash.js';
import { openDatabase, type DatabaseOptions } from '../database.js';
import { QueryError } from '../query-error.js';
import { createTableViews } from '../table-views.js';
import { collectVersions } from '../versions.js';
import { checkBronzeComplete } from './i1-bronze-complete.js';
import { checkAccounted } from './i2-accounted.js';
import { checkDistinct } from './i3-distinct.js';
import { checkGold } from './i4-gold.js';
import { checkBytes } from './i5-bytes.js';
import { checkFiles } from './i6-files.js';
import { checkHashes, type ReplaySample } from './i7-hashes.js';
import { checkMemory } from './i8-memory.js';
import type { AuditContext, InvariantId, InvariantResult } from './invariant.js';

export interface AuditOptions extends DatabaseOptions {
  /** The batch to audit at; default: the newest finished one. */
  readonly atSequence?: number;
  /** Cap on the writer's resident memory in bytes (I8). Default 2 GiB. */
  readonly memoryCap?: number;
  /** Where to have the snapshot's files from; by default {@link openLakeFiles} of its root. */
  readonly files?: LakeFiles;
  /** Replays a sample of bronze (I7); without it the hashes are only computed. */
  readonly replaySample?: ReplaySample;
}

/** What `vitals audit --json` prints, in this order (INTERFACES.md). */
export interface AuditReport {
  readonly ok: boolean;
  readonly invariants: readonly InvariantResult[];
  /** Null when silver cannot be read. */
  readonly silver_hash: string | null;
  /** Null when gold cannot be read. */
  readonly gold_hash: string | null;
  readonly received: number;
  readonly silver: number;
  readonly dead_letter: number;
  readonly suppressed: number;
  readonly field_rejects: number;
  readonly conflicts: number;
}

/** Main thread and two workers at the 512 MiB that each is meant to stay under, rounded up. */
const DEFAULT_MEMORY_CAP = 2 * 1024 ** 3;

/**
 * Checks invariants I1-I8 on a lake, which may be written to meanwhile: everything is looked at as of one batch.
 *
 * Memory: bounded by `memoryLimit` (default 1 GB), whatever the size of the lake; larger questions spill. What is
 * broken, unreadable files included, is a result and not an error.
 * @throws LakeError where there is no lake
 */
export async function auditLake(root: string, options: AuditOptions = {}): Promise<AuditReport> {
  const at = options.atSequence === undefined ? {} : { atSequence: options.atSequence };
  return auditSnapshot(await openLakeSnapshot(root, at), options);
}

/** {@link auditLake} of a snapshot that is already open. */
export async function auditSnapshot(given: LakeSnapshot, options: AuditOptions = {}): Promise<AuditReport> {
  const database = await openDatabase(options);
  try {
    await database.run('SET preserve_insertion_order = false');
    const files = await checkFiles(given, database, options.files ?? openLakeFiles(given.root));
    const context: AuditContext = { database, snapshot: files.readable };
    await createTableViews(database, context.snapshot);
    const versions = collectVersions(database, rowsOf(given, SILVER_PATIENT_VITALS));
    const hashing = versions.then(() => contentHashes(database, context.snapshot));
    const hashes = await hashing.catch(() => null);
    const invariants = [
      await attempt('I1', () => checkBronzeComplete(context)),
      await attempt('I2', () => checkAccounted(context)),
      await attempt('I3', () => versions.then(() => checkDistinct(context))),
      await attempt('I4', () => versions.then(() => checkGold(context))),
      await attempt('I5', () => checkBytes(context)),
      files.result,
      await attempt('I7', async () => checkHashes(await hashing, context.snapshot, options.replaySample)),
      checkMemory(given, options.memoryCap ?? DEFAULT_MEMORY_CAP),
    ];
    return report(given, invariants, hashes);
  } finally {
    await database.close();
  }
}

/** A check that cannot be made, because a file turns out unreadable under way, is a broken invariant. */
async function attempt(id: InvariantId, check: () => Promise<InvariantResult>): Promise<InvariantResult> {
  try {
    return await check();
  } catch (error) {
    return { id, ok: false, checked: 0, detail: `could not be checked: ${QueryError.from(error).message}` };
  }
}

function report(
  { totals }: LakeSnapshot,
  invariants: readonly InvariantResult[],
  hashes: ContentHashes | null,
): AuditReport {
  return {
    ok: invariants.every((invariant) => invariant.ok),
    invariants,
    silver_hash: hashes?.silver_hash ?? null,
    gold_hash: hashes?.gold_hash ?? null,
    received: totals.received,
    silver: totals.silver,
    dead_letter: totals.dead_letter,
    suppressed: totals.suppressed,
    field_rejects: totals.field_rejects,
    conflicts: totals.conflicts,
  };
}
