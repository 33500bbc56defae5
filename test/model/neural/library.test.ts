import { beforeAll, describe, expect, test } from '@jest/globals';
import { createEncoder } from '../../../model/features/encoder.js';
import { uniformSource } from '../../../model/forest/random.js';
import { matrixRows, rowMajor } from '../../../model/matrix.js';
import { encodeModelFolder } from '../../../model/model-folder.js';
import type { NeuralModel } from '../../../model/neural/neural-model.js';
import { loadLibrary, type Library } from '../../../model/neural/library.js';
import { toLibraryModel } from '../../../model/neural/library-model.js';
import { compileNetwork } from '../../../model/neural/network.js';
import { windowRows } from '../../../model/features/windows.js';
import { trainModel } from '../../../model/train.js';
import { ConfigurationError } from '../../../schema/errors.js';

const COUNT = 400;
const MINUTE = 60_000;
const OPTIONS = { seed: 1, source: 'test', codeVersion: '0', updates: 25, window: { steps: 4, step_seconds: 60 } };
const FEATURES = ['heart_rate', 'spo2', 'time_of_day'].map((name) => ({ name, unit: null }));

/** Readings of four patients, one a minute; every tenth heart rate is missing. Distinctive values, to be found again. */
const random = uniformSource('library test');
const values = Float64Array.from({ length: 3 * COUNT }, (_, i) => {
  const [row, column] = [Math.floor(i / 3), i % 3];
  if (column === 0) return row % 10 === 3 ? NaN : 60 + 10 * (row % 4) + 9 * Math.sin(row / 30) + random();
  return column === 1 ? 96 + random() : (row / 60) % 24;
});
const data = {
  data: rowMajor(values, COUNT, 3),
  features: FEATURES,
  series: {
    patients: Uint32Array.from({ length: COUNT }, (_, row) => row % 4),
    times: Float64Array.from({ length: COUNT }, (_, row) => MINUTE * Math.floor(row / 4)),
  },
};

let library: Library;
const models: Record<string, NeuralModel> = {};
beforeAll(async () => {
  library = await loadLibrary('lstm');
  for (const kind of ['autoencoder', 'lstm'] as const) {
    models[kind] = (await trainModel(kind, data, OPTIONS)) as NeuralModel;
  }
});

describe.each(['autoencoder', 'lstm'] as const)('%s', (kind) => {
  test('expects what the library that trained it expects, to 1e-5', () => {
    const { network, features, window } = models[kind]!;
    const source = window === null ? matrixRows(data.data) : windowRows(data.data, data.series, window);
    const encoder = createEncoder(features);
    const predict = compileNetwork(network);
    const { slots, steps } = network;
    // Windows begin before a patient's first reading: there anything may be missing.
    expect(slots).toBe(kind === 'lstm' ? 7 : 5);
    const read = Math.max(1, steps - 1);
    const row = new Float64Array(source.width);
    const encoded = new Float64Array(steps * slots);
    const theirs = toLibraryModel(library, network);
    for (let i = 0; i < COUNT; i += 7) {
      source.fill(i, row, 0);
      for (let step = 0; step < steps; step++) encoder.encode(row, step * 3, encoded, step * slots);
      const input = Float32Array.from(encoded.subarray(0, read * slots));
      const expected = library.core.tidy(() => {
        const x = library.core.tensor(input, steps > 1 ? [1, read, slots] : [1, slots]);
        return (theirs.predict(x) as ReturnType<typeof library.core.tensor>).dataSync();
      });
      const ours = predict(encoded);
      for (let slot = 0; slot < slots; slot++) expect(Math.abs(ours[slot]! - expected[slot]!)).toBeLessThan(1e-5);
    }
    theirs.dispose();
  });

  test('gives the same bytes for the same data and seed, and another id for another seed', async () => {
    const short = { ...OPTIONS, updates: 2 };
    const [one, two] = [await trainModel(kind, data, short), await trainModel(kind, data, short)];
    expect(encodeModelFolder(two)).toEqual(encodeModelFolder(one));
    expect((await trainModel(kind, data, { ...short, seed: 2 })).id).not.toBe(one.id);
  });

  test('keeps no value of any row', () => {
    const { 'model.json': json, 'weights.bin': weights } = encodeModelFolder(models[kind]!);
    const text = new TextDecoder().decode(json);
    const stored = new Set<string>();
    for (let at = 0; at + 4 <= weights.length; at++)
      stored.add(Buffer.from(weights.subarray(at, at + 4)).toString('hex'));
    for (let row = 0; row < COUNT; row++) {
      for (const column of [0, 1]) {
        const value = values[3 * row + column]!;
        if (Number.isNaN(value)) continue;
        expect(stored.has(Buffer.from(Float32Array.of(value).buffer).toString('hex'))).toBe(false);
        // A median of an odd number of rows is one of the column's values (docs/model-format.md).
        if (value !== models[kind]!.features[column]!.median) expect(text).not.toContain(String(value));
      }
    }
  });

  test('learns: its loss falls well below that of the mean, which is about 1', () => {
    expect(models[kind]!.training.loss).toBeLessThan(0.6);
    expect(models[kind]!.training.trainer).toBe('@tensorflow/tfjs-layers 4.22.0');
  });
});

describe('without the library', () => {
  test('training is refused with the line that installs it', async () => {
    const missing = (): Promise<never> => {
      return Promise.reject(Object.assign(new Error('no such package'), { code: 'ERR_MODULE_NOT_FOUND' }));
    };
    const run = loadLibrary('lstm', missing);
    await expect(run).rejects.toThrow(ConfigurationError);
    await expect(run).rejects.toThrow("--algorithm: 'lstm' is trained with TensorFlow.js, which is not installed");
    await expect(run).rejects.toThrow('npm install @tensorflow/tfjs-core@4.22.0');
  });

  test('another failure is not taken for it', async () => {
    await expect(loadLibrary('lstm', () => Promise.reject(new Error('out of memory')))).rejects.toThrow(
      'out of memory',
    );
  });
});
