import { describe, expect, test } from '@jest/globals';
import { uniformSource } from '../../model/forest/random.js';
import { encodeModelFolder } from '../../model/model-folder.js';
import { trainForest } from '../../model/train.js';
import type { TrainingOptions } from '../../model/training-options.js';
import { ConfigurationError } from '../../schema/errors.js';
import { plainFeatures, rowMajorOf } from './forest/rows.js';

const OPTIONS: TrainingOptions = { seed: 1, source: 'test', codeVersion: '0' };

function train(rows: number[][], options: Partial<TrainingOptions> = {}) {
  return trainForest(rowMajorOf(rows), rows.length, plainFeatures(rows[0]!.length), { ...OPTIONS, ...options });
}

function uniformRows(count: number, width: number): number[][] {
  const random = uniformSource('uniform rows');
  return Array.from({ length: count }, () => Array.from({ length: width }, random));
}

function refusal(run: () => unknown): ConfigurationError {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('training', () => {
  test.each([2, 100, 256, 5_000])('on %i rows that are all alike scores them 0.5', (count) => {
    const model = train(Array<number[]>(count).fill([80, 16, 97]));
    expect(Math.abs(model.score(Float64Array.from([80, 16, 97]), 1)[0]! - 0.5)).toBeLessThan(1e-9);
    expect(model.score(Float64Array.from([80, 16, 97]), 1)[0]).toBeLessThan(model.threshold);
  });

  test('gives the same bytes for the same data and seed, and another id for another seed', () => {
    const rows = uniformRows(1_000, 4);
    const [one, two] = [encodeModelFolder(train(rows)), encodeModelFolder(train(rows))];
    expect(hex(one['model.json'])).toBe(hex(two['model.json']));
    expect(hex(one['weights.bin'])).toBe(hex(two['weights.bin']));
    expect(train(rows, { seed: 2 }).id).not.toBe(train(rows).id);
    expect(train(rows).id).toMatch(/^forest-[0-9a-f]{12}$/);
  });

  test('never touches Math.random', () => {
    const original = Math.random;
    let drawn = 0;
    Math.random = () => {
      drawn++;
      return original();
    };
    const counting = Math.random;
    try {
      train(uniformRows(300, 2));
      expect(drawn).toBe(0);
      expect(Math.random).toBe(counting);
    } finally {
      Math.random = original;
    }
  });

  test('grows the same first trees however many are grown', () => {
    const rows = uniformRows(400, 3);
    const few = train(rows, { trees: 3 }).trees;
    const many = train(rows, { trees: 10 }).trees;
    expect([...many.nodes.subarray(0, 3)]).toEqual([...few.nodes]);
    expect(many.value.subarray(0, few.value.length)).toEqual(few.value);
  });

  test('takes samples of 256 rows for 100 trees, and all rows where there are fewer', () => {
    expect(train(uniformRows(300, 2)).training).toMatchObject({ trees: 100, sample_size: 256, rows: 300 });
    expect(train(uniformRows(40, 2)).training).toMatchObject({ trees: 100, sample_size: 40, usable_rows: 40 });
    expect(train(uniformRows(40, 2), { trees: 7, sampleSize: 10 }).trees).toMatchObject({
      sampleSize: 10,
      depthLimit: 4,
    });
  });

  test('scores what is far from the rest higher', () => {
    const model = train(uniformRows(2_000, 4));
    const [inside, outside] = model.score(Float64Array.from([0.5, 0.5, 0.5, 0.5, 9, 9, 9, 9]), 2);
    expect(inside).toBeLessThan(0.5);
    expect(outside).toBeGreaterThan(model.threshold);
  });

  test('calls at most the promised share of its rows anomalies', () => {
    const rows = uniformRows(2_000, 3);
    for (const thresholdQuantile of [0.9, 0.995]) {
      const model = train(rows, { thresholdQuantile });
      const anomalies = model.score(rowMajorOf(rows), rows.length).filter((score) => score >= model.threshold);
      expect(anomalies.length).toBeGreaterThan(0);
      expect(anomalies.length).toBeLessThanOrEqual((1 - thresholdQuantile) * rows.length + 1e-9);
    }
  });

  test('fills missing values with medians, and leaves rows with fewer than half of the features out', () => {
    const rows = uniformRows(500, 4);
    rows.push([NaN, NaN, NaN, 1], [NaN, NaN, NaN, NaN], [NaN, NaN, 0.5, 0.5]);
    const model = train(rows);
    expect(model.training).toMatchObject({ rows: 503, usable_rows: 501 });
    expect(model.features[3]!.median).toBeCloseTo(0.5, 1);
    expect([...model.trees.value].every(Number.isFinite)).toBe(true);
  });

  test('measures labels that it does not train on', () => {
    const rows = uniformRows(500, 2);
    for (let i = 0; i < 10; i++) rows[i] = [3 + i, -3 - i];
    const labels = Uint8Array.from(rows, (_, i) => (i < 10 ? 1 : 0));
    const measured = train(rows, { labels });
    expect(measured.metrics.labelled_training_rows!.auc).toBeGreaterThan(0.99);
    expect(measured.id).toBe(train(rows).id);
    expect(train(rows).metrics.labelled_training_rows).toBeNull();
    expect(train(rows, { labels: new Uint8Array(500) }).metrics.labelled_training_rows).toBeNull();
  });

  test('keeps no value of any row', () => {
    const random = uniformSource('planted');
    // An even number of rows: the median is a mean of two. Distinctive values, constant columns in most nodes, repeats.
    const rows = Array.from({ length: 600 }, (_, i) => [1e3 * random(), 77.123456789 + (i % 2), 36.6 + random()]);
    const { 'model.json': json, 'weights.bin': weights } = encodeModelFolder(train(rows));
    const stored = new Set<string>();
    for (let at = 0; at + 8 <= weights.length; at++) stored.add(hex(weights.subarray(at, at + 8)));
    const text = new TextDecoder().decode(json);
    for (const value of rows.flat()) {
      expect(stored.has(hex(new Uint8Array(Float64Array.of(value).buffer)))).toBe(false);
      expect(text).not.toContain(String(value));
    }
  });

  test.each<[string, number[][], Partial<TrainingOptions>, string]>([
    ['one row', [[1, 2]], {}, '--data: 1 of 1 rows'],
    [
      'rows that are mostly empty',
      [
        [1, NaN, NaN],
        [2, NaN, NaN],
        [3, 1, 1],
      ],
      {},
      '--data: 1 of 3 rows',
    ],
    [
      'a column without a value',
      [
        [1, NaN],
        [2, NaN],
      ],
      {},
      "--data: column 'f1' has no value in any row",
    ],
    [
      'an infinite value',
      [
        [1, Infinity],
        [2, 1],
      ],
      {},
      "--data: column 'f1' has an infinite value",
    ],
    [
      'values too far apart',
      [
        [1e308, 1],
        [-1e308, 2],
      ],
      {},
      "--data: column 'f0' has an infinite value, or values too",
    ],
    ['a seed that is no whole number', [[1], [2]], { seed: 0.5 }, '--seed: 0.5 is not a whole number'],
    ['a seed of NaN', [[1], [2]], { seed: NaN }, '--seed: NaN is not a whole number'],
    ['no trees', [[1], [2]], { trees: 0 }, '--trees: 0 is not a whole number from 1 to 1000'],
    ['samples of one', [[1], [2]], { sampleSize: 1 }, '--sample-size: 1 is not a whole number from 2'],
    ['a quantile of 1', [[1], [2]], { thresholdQuantile: 1 }, '--threshold-quantile: 1 is not between 0 and 1'],
  ])('refuses %s', (_, rows, options, message) => {
    expect(refusal(() => train(rows, options)).message).toContain(message);
  });

  test('refuses no features and two of one name', () => {
    const rows = Float64Array.from([1, 2, 3, 4]);
    const named = (...names: string[]) => names.map((name) => ({ name, unit: null }));
    expect(refusal(() => trainForest(rows, 2, named(), OPTIONS)).subject).toBe('--features');
    expect(refusal(() => trainForest(rows, 2, named('a', 'a'), OPTIONS)).message).toContain("'a' appears twice");
  });
});

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
