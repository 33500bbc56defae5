import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { growTree } from '../../../model/forest/grow.js';
import { depthLimitOf } from '../../../model/forest/limits.js';
import { uniformSource } from '../../../model/forest/random.js';
import { flattenTrees, type Trees } from '../../../model/forest/trees.js';
import { findFault } from '../../../model/forest/verify.js';
import { decodeWeights, encodeWeights } from '../../../model/forest/weights.js';
import { ConfigurationError } from '../../../schema/errors.js';
import { anyRows } from './rows.js';

function forestOf(rows: number[][], seed: number, count: number): Trees {
  const depthLimit = depthLimitOf(rows.length);
  const grown = Array.from({ length: count }, (_, tree) => growTree(rows, depthLimit, uniformSource(seed, tree)));
  return flattenTrees(grown, { features: rows[0]!.length, sampleSize: rows.length, depthLimit });
}

const SMALL = forestOf(
  Array.from({ length: 20 }, (_, i) => [i, i % 3]),
  1,
  2,
);

/** A forest like SMALL but for one change. */
function changed(change: (trees: Trees) => Partial<Trees> | void): Trees {
  const copy: Trees = {
    ...SMALL,
    nodes: SMALL.nodes.slice(),
    feature: SMALL.feature.slice(),
    value: SMALL.value.slice(),
    count: SMALL.count.slice(),
  };
  return { ...copy, ...change(copy) };
}

describe('weights', () => {
  test('come back as they were written, from any forest', () => {
    fc.assert(
      fc.property(anyRows, fc.nat(), fc.integer({ min: 1, max: 4 }), (rows, seed, count) => {
        const trees = forestOf(rows, seed, count);
        expect(decodeWeights(encodeWeights(trees), 'weights.bin')).toEqual(trees);
      }),
    );
  });

  test('are laid out as docs/model-format.md says', () => {
    const bytes = encodeWeights(SMALL);
    const view = new DataView(bytes.buffer);
    const total = SMALL.feature.length;
    expect(new TextDecoder().decode(bytes.subarray(0, 8))).toBe('VITALSIF');
    expect([8, 12, 16, 20, 24, 28].map((at) => view.getUint32(at, true))).toEqual([1, 2, 2, 20, 5, total]);
    expect(view.getFloat64(32, true)).toBe(SMALL.normalizer);
    expect(view.getFloat64(40, true)).toBe(SMALL.value[0]);
    expect(view.getUint32(40 + 8 * total, true)).toBe(SMALL.nodes[0]);
    expect(view.getUint32(48 + 8 * total, true)).toBe(20);
    expect(view.getInt32(48 + 12 * total, true)).toBe(SMALL.feature[0]);
    expect(bytes).toHaveLength(48 + 16 * total);
  });

  test('are refused when cut short anywhere, or when something follows', () => {
    const bytes = encodeWeights(SMALL);
    for (let size = 0; size < bytes.length; size++) {
      expect(() => decodeWeights(bytes.subarray(0, size), 'weights.bin')).toThrow(ConfigurationError);
    }
    expect(() => decodeWeights(Uint8Array.from([...bytes, 0]), 'weights.bin')).toThrow(/bytes where 2 trees/);
  });

  test('are refused when they are of something else or of another layout', () => {
    const foreign = encodeWeights(SMALL);
    foreign[0] = 0;
    expect(() => decodeWeights(foreign, 'weights.bin')).toThrow('weights.bin: not the weights of a forest');
    const newer = encodeWeights(SMALL);
    newer[8] = 2;
    expect(() => decodeWeights(newer, 'weights.bin')).toThrow('layout 2');
  });

  test('never decode to a forest that cannot be walked, whatever bytes are changed', () => {
    const original = encodeWeights(SMALL);
    const change = fc.tuple(fc.nat({ max: original.length - 1 }), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = original.slice();
        for (const [at, value] of changes) bytes[at] = value;
        try {
          expect(findFault(decodeWeights(bytes, 'weights.bin'))).toBeNull();
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a forest is refused', () => {
  const leaf = SMALL.feature.indexOf(-1);

  test.each<[string, (trees: Trees) => Partial<Trees> | void, string]>([
    ['without features', () => ({ features: 0 }), '0 features'],
    ['without trees', () => ({ nodes: new Uint32Array(0) }), '0 trees'],
    ['of samples that are too large', () => ({ sampleSize: 5_000 }), 'a sample size of 5000'],
    ['with a depth limit of another sample size', () => ({ depthLimit: 6 }), 'a depth limit of 6'],
    ['with a wrong normalizer', () => ({ normalizer: 9.668 }), 'a normalizer of 9.668'],
    ['whose last tree ends early', (trees) => void trees.nodes[1]!++, 'tree 1 ends early'],
    ['with nodes to spare', (trees) => void trees.nodes[1]!--, 'tree 1 '],
    ['with a tree of no nodes', () => ({ nodes: Uint32Array.from([0, SMALL.feature.length]) }), 'tree 0 was not grown'],
    ['that splits on a feature that it lacks', (trees) => void (trees.feature[0] = 2), 'splits on feature 2'],
    ['with a feature that is no number of one', (trees) => void (trees.feature[0] = -2), 'splits on feature -2'],
    ['with a threshold of NaN', (trees) => void (trees.value[0] = NaN), 'no finite threshold at node 0'],
    ['with an infinite threshold', (trees) => void (trees.value[0] = Infinity), 'no finite threshold at node 0'],
    ['with a wrong path length', (trees) => void (trees.value[leaf] = 99), `wrong path length at node ${leaf}`],
    ['with counts that do not add up', (trees) => void trees.count[1]!++, 'counts that do not add up at node 0'],
    [
      'grown on another number of rows',
      (trees) => void (trees.count[0] = 19),
      'tree 0 was not grown on a whole sample',
    ],
    ['whose root is a leaf with nodes after it', (trees) => cutAtRoot(trees), 'has no way to node 1'],
  ])('%s', (_, change, fault) => {
    expect(findFault(SMALL)).toBeNull();
    expect(findFault(changed(change))).toContain(fault);
  });
});

function cutAtRoot(trees: Trees): void {
  trees.feature[0] = -1;
  trees.value[0] = trees.normalizer;
}
