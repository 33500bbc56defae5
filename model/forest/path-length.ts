/** Euler's constant, in H(n) = ln n + gamma. */
const EULER_GAMMA = 0.5772156649015329;

/**
 * c(n) of Liu, Ting and Zhou (2008): the average path length of an unsuccessful search in a binary search tree of n
 * rows, 2 H(n - 1) - 2 (n - 1) / n. It stands for the part of the tree below a leaf that holds n rows, and normalises
 * scores. c(256) = 10.24477; ml-isolation-forest's own is 9.668, because it adds gamma once instead of twice.
 */
export function averagePathLength(rows: number): number {
  if (rows <= 1) return 0;
  if (rows === 2) return 1;
  return 2 * (Math.log(rows - 1) + EULER_GAMMA) - (2 * (rows - 1)) / rows;
}
