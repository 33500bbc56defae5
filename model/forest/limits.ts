/** The published setting (Liu, Ting and Zhou 2008): more trees or rows change little. */
export const DEFAULT_TREES = 100;
export const DEFAULT_SAMPLE_SIZE = 256;

/** What training offers and a loader accepts: the scorer pads trees to ceil(log2(sample size)) levels. */
export const TREES_LIMITS = { least: 1, most: 1_000 } as const;
export const SAMPLE_SIZE_LIMITS = { least: 2, most: 4_096 } as const;
export const FEATURES_LIMITS = { least: 1, most: 65_535 } as const;

/** The depth at which a row of a sample is isolated on average: ceil(log2(sample size)). Trees are cut there. */
export function depthLimitOf(sampleSize: number): number {
  return Math.ceil(Math.log2(sampleSize));
}
