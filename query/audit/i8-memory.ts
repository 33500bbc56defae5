import type { LakeSnapshot } from '../../lake/reader.js';
import { resultOf, type InvariantResult } from './invariant.js';

const MEBIBYTE = 1_048_576;

/**
 * I8: the writer's resident memory stayed under its cap, whatever the backlog.
 *
 * @param cap bytes
 */
export function checkMemory({ manifest }: LakeSnapshot, cap: number): InvariantResult {
  if (manifest === null) return resultOf('I8', 0, [], 'no batch has been written yet');
  const peak = `the writer's memory peaked at ${Math.ceil(manifest.peak_rss / MEBIBYTE)} MiB`;
  const limit = `${Math.floor(cap / MEBIBYTE)} MiB`;
  const problems = manifest.peak_rss > cap ? [`${peak}, above the cap of ${limit}`] : [];
  return resultOf('I8', 1, problems, `${peak}, under the cap of ${limit}`);
}
