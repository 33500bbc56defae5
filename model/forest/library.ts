import { IsolationForest } from 'ml-isolation-forest';
import type { UniformSource } from './random.js';

/** A node of a tree that ml-isolation-forest grew; a leaf still holds its training rows. */
export type LibraryNode =
  | {
      readonly left: LibraryNode;
      readonly right: LibraryNode;
      readonly splitColumn: number;
      readonly splitValue: number;
    }
  | { readonly left?: undefined; readonly trainingSet: readonly (readonly number[])[] };

/**
 * One tree of ml-isolation-forest 0.1.0 over the given rows (two or more), the same for the same random numbers.
 *
 * The library draws from `Math.random` and takes no generator, so this is the one place that puts another in its stead:
 * for the length of one synchronous call, during which no other code can run, and undone whatever happens.
 */
export function growLibraryTree(rows: readonly (readonly number[])[], random: UniformSource): LibraryNode {
  const forest = new IsolationForest({ nEstimators: 1 });
  /* eslint-disable no-restricted-properties -- see above */
  const original = Math.random;
  Math.random = random;
  try {
    forest.train(rows);
  } finally {
    Math.random = original;
  }
  /* eslint-enable no-restricted-properties */
  return forest.forest[0] as LibraryNode;
}
