export const MANIFEST_FOLDER = 'batches/';

/** Digits of a sequence in a name: names sort as their sequences do. */
const DIGITS = 12;

export function sequenceText(sequence: number): string {
  return String(sequence).padStart(DIGITS, '0');
}

export function manifestPath(sequence: number): string {
  return `${MANIFEST_FOLDER}${sequenceText(sequence)}.json`;
}

export function manifestCheckpointPath(sequence: number): string {
  return `${MANIFEST_FOLDER}checkpoint-${sequenceText(sequence)}.json`;
}

/** Sequences that `batches/` holds, ascending. */
export interface ManifestListing {
  readonly manifests: readonly number[];
  readonly checkpoints: readonly number[];
}

export function parseManifestListing(paths: readonly string[]): ManifestListing {
  const manifests: number[] = [];
  const checkpoints: number[] = [];
  for (const path of paths) {
    const [, checkpoint, sequence] = /^batches\/(checkpoint-)?(\d{12})\.json$/.exec(path) ?? [];
    if (sequence !== undefined) (checkpoint === undefined ? manifests : checkpoints).push(Number(sequence));
  }
  const ascending = (a: number, b: number) => a - b;
  return { manifests: manifests.sort(ascending), checkpoints: checkpoints.sort(ascending) };
}
