/** Names in `_delta_log/`: versions are 20 digits wide, so that their order is the order of their names. */
export const LOG_FOLDER = '_delta_log/';

export const LAST_CHECKPOINT = `${LOG_FOLDER}_last_checkpoint`;

export function commitPath(version: number): string {
  return `${LOG_FOLDER}${digits(version)}.json`;
}

export function checkpointPath(version: number): string {
  return `${LOG_FOLDER}${digits(version)}.checkpoint.parquet`;
}

/** Which versions a log holds, ascending. */
export interface LogListing {
  readonly commits: readonly number[];
  readonly checkpoints: readonly number[];
}

/** Sorts a listing of `_delta_log/` into commits and checkpoints; anything else there is ignored. */
export function parseListing(paths: readonly string[]): LogListing {
  const commits: number[] = [];
  const checkpoints: number[] = [];
  for (const path of paths) {
    const [, version, kind] = /(?:^|\/)(\d{20})\.(json|checkpoint\.parquet)$/.exec(path) ?? [];
    if (version !== undefined) (kind === 'json' ? commits : checkpoints).push(Number(version));
  }
  return { commits: commits.sort(ascending), checkpoints: checkpoints.sort(ascending) };
}

function ascending(a: number, b: number): number {
  return a - b;
}

function digits(version: number): string {
  return String(version).padStart(20, '0');
}
