import { addCounts, NO_COUNTS } from './batch-counts.js';
import { concurrently } from './concurrently.js';
import { LogMoved } from './delta/read-log.js';
import { LakeError } from './lake-error.js';
import type { BatchCounts, Manifest } from './manifest.js';
import { manifestCheckpointPath, manifestPath, type ManifestListing } from './manifest-name.js';
import type { Storage } from './storage/storage.js';

/** `batches/checkpoint-<sequence>.json`: what all manifests up to this one add up to. */
export interface ManifestCheckpoint {
  readonly format: 1;
  readonly sequence: number;
  readonly totals: BatchCounts;
  readonly last: Manifest;
}

/** The manifests of a lake, the older ones as a sum. */
export interface ManifestHistory {
  /** Manifests since the last fold, in sequence. */
  readonly recent: readonly Manifest[];
  readonly last: Manifest | null;
  readonly totals: BatchCounts;
  /** The fold that they start from; null when nothing has been folded yet. */
  readonly folded: ManifestCheckpoint | null;
}

/** Reads the last fold and every manifest after it. Throws a {@link LakeError} where one is missing in between. */
export async function readManifestHistory(storage: Storage, listing: ManifestListing): Promise<ManifestHistory> {
  const folded = listing.checkpoints.at(-1);
  const checkpoint =
    folded === undefined ? null : ((await mustReadJson(storage, manifestCheckpointPath(folded))) as ManifestCheckpoint);
  const sequences = listing.manifests.filter((sequence) => sequence > (folded ?? 0));
  sequences.forEach((sequence, i) => {
    if (sequence !== (folded ?? 0) + 1 + i) throw missing((folded ?? 0) + 1 + i);
  });
  const recent = await concurrently(sequences, (sequence) => readManifest(storage, sequence));
  const totals = recent.reduce((sum, manifest) => addCounts(sum, manifest.counts), checkpoint?.totals ?? NO_COUNTS);
  return { recent, last: recent.at(-1) ?? checkpoint?.last ?? null, totals, folded: checkpoint };
}

/** The manifest of a batch; null when there is none (yet, or any more). */
export async function readManifestIfThere(storage: Storage, sequence: number): Promise<Manifest | null> {
  return (await readJson(storage, manifestPath(sequence))) as Manifest | null;
}

async function readManifest(storage: Storage, sequence: number): Promise<Manifest> {
  return (await mustReadJson(storage, manifestPath(sequence))) as Manifest;
}

async function mustReadJson(storage: Storage, path: string): Promise<unknown> {
  const value = await readJson(storage, path);
  if (value === null) throw new LogMoved(`${path} is gone`);
  return value;
}

async function readJson(storage: Storage, path: string): Promise<unknown> {
  const bytes = await storage.readRange(path, 0, null);
  if (bytes === null) return null;
  const value = parse(bytes);
  if ((value as { format?: unknown } | null)?.format === 1) return value;
  throw new LakeError(
    'CORRUPT',
    `${path} is not a manifest of this format`,
    'Restore it from a copy, or replay bronze',
  );
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return null;
  }
}

function missing(sequence: number): LakeError {
  const problem = `The manifest of batch ${sequence} is missing (${manifestPath(sequence)})`;
  return new LakeError('CORRUPT', problem, 'Restore it from a copy, or replay bronze into a new lake');
}
