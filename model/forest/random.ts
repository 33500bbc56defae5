import { createHash } from 'node:crypto';

/** Uniform numbers in [0, 1) with 53 random bits. */
export type UniformSource = () => number;

/**
 * A seeded source of uniform numbers (sfc32, 128 bits of state). Same key, same numbers, on every platform; sources of
 * different keys are independent, so that a tree does not depend on how many were grown before it.
 *
 * 53 bits rather than 32: a split drawn between two values must not fall on one of them.
 */
export function uniformSource(...key: readonly (string | number)[]): UniformSource {
  const digest = createHash('sha256').update(JSON.stringify(key)).digest();
  let a = digest.readInt32LE(0);
  let b = digest.readInt32LE(4);
  let c = digest.readInt32LE(8);
  let counter = digest.readInt32LE(12);
  const next = (): number => {
    const drawn = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + drawn) | 0;
    return drawn >>> 0;
  };
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
}

/**
 * Distinct whole numbers below `count`, each subset equally likely (Floyd's method: time and memory in `size` only).
 *
 * @param size at most `count`
 */
export function sampleIndices(count: number, size: number, random: UniformSource): number[] {
  const chosen = new Set<number>();
  for (let last = count - size; last < count; last++) {
    const drawn = Math.floor(random() * (last + 1));
    chosen.add(chosen.has(drawn) ? last : drawn);
  }
  return [...chosen];
}
