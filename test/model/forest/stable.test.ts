import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { encodeModelFolder, decodeModelFolder } from '../../../model/model-folder.js';
import { trainForest } from '../../../model/train.js';
import { plainFeatures, rowMajorOf } from './rows.js';

const ROWS = Array.from({ length: 90 }, (_, i) => [i, (i * 7) % 13, i % 4 === 0 ? NaN : i / 3]);
const VALUES = rowMajorOf(ROWS);
const OPTIONS = { seed: 1, source: 'test.csv', codeVersion: '0.1.0', trees: 5 };
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

describe('a forest of plain features', () => {
  test('has the folder and the scores that the first version of the format gave it, byte for byte', () => {
    const model = trainForest(VALUES, 90, plainFeatures(3), OPTIONS);
    const files = encodeModelFolder(model);
    expect(model.id).toBe('forest-9143c3121628');
    expect(hash(files['model.json'])).toBe('98b0b109edbfdbd7');
    expect(hash(files['weights.bin'])).toBe('e90978b7d26f7366');
    expect(hash(new Uint8Array(model.score(VALUES, 90).buffer))).toBe('ca17695e47ec0253');
  });
});

describe('a forest with indicators', () => {
  const model = trainForest(VALUES, 90, plainFeatures(3), { ...OPTIONS, missingIndicators: true, trees: 50 });

  test('tells a missing value from the median, and counts it to its feature', () => {
    expect(model.features.map(({ scaling }) => scaling)).toEqual([
      { kind: 'identity', indicator: false },
      { kind: 'identity', indicator: false },
      { kind: 'identity', indicator: true },
    ]);
    const median = model.features[2]!.median;
    const [missing, filled] = model.score(Float64Array.of(45, 6, NaN, 45, 6, median), 2);
    expect(missing).not.toBe(filled);
    const { score, baseline, contributions } = model.explain(Float64Array.of(45, 6, NaN));
    expect(contributions).toHaveLength(3);
    expect(Math.abs(baseline + contributions.reduce((sum, part) => sum + part, 0) - score)).toBeLessThan(1e-9);
  });

  test('comes back from its folder, which is of format 2', () => {
    const files = encodeModelFolder(model);
    expect(JSON.parse(new TextDecoder().decode(files['model.json']))).toMatchObject({ format: 2, kind: 'forest' });
    const loaded = decodeModelFolder(files, 'm');
    expect(encodeModelFolder(loaded)).toEqual(files);
    expect(loaded.score(VALUES, 90)).toEqual(model.score(VALUES, 90));
  });

  test('has no score for a row with fewer than half of its features: indicators do not count', () => {
    expect(model.score(Float64Array.of(1, NaN, NaN, 1, 1, NaN), 2)[0]).toBeNaN();
    expect(model.score(Float64Array.of(1, NaN, NaN, 1, 1, NaN), 2)[1]).toBeGreaterThan(0);
  });
});
