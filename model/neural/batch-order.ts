import type { UniformSource } from '../forest/random.js';

/**
 * Deals rows in batches: every row once in an order of chance, then again in another (Fisher and Yates).
 *
 * @param count of the rows
 * @returns what gives the next so many rows
 */
export function batchOrder(count: number, random: UniformSource): (size: number) => Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, row) => row);
  let dealt = count;
  const shuffle = (): void => {
    for (let last = count - 1; last > 0; last--) {
      const other = Math.floor(random() * (last + 1));
      [order[last], order[other]] = [order[other]!, order[last]!];
    }
    dealt = 0;
  };
  return (size) =>
    Uint32Array.from({ length: size }, () => {
      if (dealt === count) shuffle();
      return order[dealt++]!;
    });
}
