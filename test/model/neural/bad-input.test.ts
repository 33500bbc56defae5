import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hashDocument } from '../../../model/decode-document.js';
import type { ModelDocument } from '../../../model/model-document.js';
import { decodeModelFolder, encodeModelFolder, type ModelFolder } from '../../../model/model-folder.js';
import { findNetworkFault } from '../../../model/neural/verify.js';
import { decodeNetwork, encodeNetwork } from '../../../model/neural/weights.js';
import { trainModel } from '../../../model/train.js';
import { rowMajor } from '../../../model/matrix.js';
import { ConfigurationError } from '../../../schema/errors.js';
import { aNetwork, aNeuralModel } from './networks.js';

function refusal(run: () => unknown): ConfigurationError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return error as ConfigurationError;
  }
  throw new Error('nothing was refused');
}

describe.each([
  ['autoencoder', 1],
  ['lstm', 3],
] as const)('the folder of a model of kind %s', (kind, steps) => {
  const files = encodeModelFolder(aNeuralModel(4, steps));
  const rewritten = (change: (document: Record<string, unknown>) => void): ModelFolder => {
    const document = JSON.parse(new TextDecoder().decode(files['model.json'])) as Record<string, unknown>;
    change(document);
    document['document_sha256'] = hashDocument(document as unknown as ModelDocument);
    return { ...files, 'model.json': new TextEncoder().encode(JSON.stringify(document)) };
  };

  test('never loads with bytes changed, unless it is still the same model', () => {
    const change = fc.record({
      file: fc.constantFrom('model.json' as const, 'weights.bin' as const),
      at: fc.nat(),
      value: fc.integer({ min: 0, max: 255 }),
    });
    fc.assert(
      fc.property(change, ({ file, at, value }) => {
        const bytes = files[file].slice();
        bytes[at % bytes.length] = value;
        try {
          expect(encodeModelFolder(decodeModelFolder({ ...files, [file]: bytes }, 'm'))).toEqual(files);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
        }
      }),
      { numRuns: 300 },
    );
  });

  test.each<[string, (document: Record<string, unknown>) => void, string]>([
    ['a newer format', (d) => (d['format'] = 3), 'm/model.json: format 3 is newer than 2'],
    ['format 1, which had forests only', (d) => (d['format'] = 1), 'format is not 2'],
    ['a foreign kind', (d) => (d['kind'] = 'transformer'), "a model of kind 'transformer' cannot be scored"],
    ['a forest by name', (d) => (d['kind'] = 'forest'), 'm/model.json: training.trees is missing'],
    [
      'a deviation of zero',
      (d) => (scalingOf(d)['deviation'] = 0),
      'features[0].scaling.deviation is not a number above zero',
    ],
    [
      'a mean that is no number',
      (d) => (scalingOf(d)['mean'] = null),
      'features[0].scaling.mean is not a finite number',
    ],
    ['a scaling that is unknown', (d) => (scalingOf(d)['kind'] = 'log'), "features[0].scaling.kind is not 'standard'"],
    [
      'no scaling',
      (d) => ((d['features'] as Record<string, unknown>[])[0]!['scaling'] = 'none'),
      'scaling is not an object',
    ],
    [
      'an indicator that the weights lack',
      (d) => (scalingOf(d)['indicator'] = true),
      'made for 4 features where model.json names 5',
    ],
    ['a feature less', (d) => (d['features'] as unknown[]).pop(), 'made for 4 features where model.json names 3'],
    ['another threshold', (d) => (d['threshold'] = 0.1), 'the folder holds'],
  ])('is refused with %s', (_, change, message) => {
    const error = refusal(() => decodeModelFolder(rewritten(change), 'm'));
    expect(error.message).toContain(message);
    expect(error.remedy).not.toBe('');
  });

  test('is refused with the weights of the other algorithm', () => {
    const other = encodeNetwork(aNetwork(4, kind === 'lstm' ? 1 : 3));
    expect(refusal(() => decodeModelFolder({ ...files, 'weights.bin': other }, 'm')).subject).toBe('m/weights.bin');
  });
});

describe('weights of a network', () => {
  const network = aNetwork(3, 4);
  const bytes = encodeNetwork(network);

  test('come back as they were written', () => {
    expect(decodeNetwork(bytes, 'weights.bin')).toEqual(network);
  });

  test('are laid out as docs/model-format.md says', () => {
    const view = new DataView(bytes.buffer);
    expect(new TextDecoder().decode(bytes.subarray(0, 8))).toBe('VITALSNN');
    expect([8, 12, 16, 20, 24].map((at) => view.getUint32(at, true))).toEqual([1, 3, 3, 4, 2]);
    expect([28, 32, 36, 40, 44, 48].map((at) => view.getUint32(at, true))).toEqual([2, 3, 5, 0, 5, 3]);
    expect(view.getFloat64(52, true)).toBe(network.typical[0]);
    expect(view.getFloat32(76, true)).toBe(network.layers[0]!.kernel[0]);
    expect(bytes).toHaveLength(76 + 4 * (20 * 3 + 20 * 5 + 20 + 5 * 3 + 3));
  });

  test('are refused when cut short anywhere, or when something follows', () => {
    for (let size = 0; size < bytes.length; size++) refusal(() => decodeNetwork(bytes.subarray(0, size), 'w'));
    refusal(() => decodeNetwork(Uint8Array.from([...bytes, 0]), 'w'));
  });

  test('never decode to a network that cannot be scored, whatever bytes are changed', () => {
    const change = fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const changed = bytes.slice();
        for (const [at, value] of changes) changed[at] = value;
        try {
          expect(findNetworkFault(decodeNetwork(changed, 'w'))).toBeNull();
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('training a network refuses', () => {
  const fit = (kind: 'autoencoder' | 'lstm', rows: number[][], options: object = {}): Promise<unknown> => {
    const width = rows[0]!.length;
    const features = Array.from({ length: width }, (_, i) => ({ name: `f${i}`, unit: null }));
    const series = { patients: new Uint32Array(rows.length), times: Float64Array.from(rows, (_, i) => 60_000 * i) };
    const data = { data: rowMajor(Float64Array.from(rows.flat()), rows.length, width), features, series };
    return trainModel(kind, data, { seed: 1, source: 'test', codeVersion: '0', ...options });
  };

  test.each<[string, number[][], object, string]>([
    ['one row', [[1, 2]], {}, '--data: 1 of 1 rows'],
    [
      'an empty column',
      [
        [1, NaN],
        [2, NaN],
      ],
      {},
      "column 'f1' has no value in any row",
    ],
    [
      'an infinite value',
      [
        [1, 2],
        [Infinity, 2],
      ],
      {},
      "column 'f0' has an infinite value",
    ],
    ['no batches', [[1], [2]], { updates: 0 }, '--updates: 0 is not a whole number'],
    ['a seed that is no whole number', [[1], [2]], { seed: 0.5 }, '--seed: 0.5'],
  ])('%s', async (_, rows, options, message) => {
    await expect(fit('autoencoder', rows, options)).rejects.toThrow(message);
  });

  test.each([
    [{ steps: 1, step_seconds: 60 }, '--steps: 1 is not a whole number from 2'],
    [{ steps: 10, step_seconds: 7 }, '--step-seconds: 7 does not divide a day'],
  ])('a window of %p', async (window, message) => {
    await expect(fit('lstm', [[1], [2]], { window })).rejects.toThrow(message);
  });

  test.each(['autoencoder', 'lstm'] as const)(
    'nothing of constant columns and few rows: %s scores them',
    async (kind) => {
      const rows = Array.from({ length: 5 }, () => [80, 36.6]);
      const model = (await fit(kind, rows, { updates: 2 })) as {
        score(rows: Float64Array, count: number): Float64Array;
      };
      const width = kind === 'lstm' ? 20 : 2;
      const [score] = model.score(
        Float64Array.from({ length: width }, (_, i) => [80, 36.6][i % 2]!),
        1,
      );
      expect(score! >= 0 && score! < 1).toBe(true);
    },
  );
});

function scalingOf(document: Record<string, unknown>): Record<string, unknown> {
  return (document['features'] as { scaling: Record<string, unknown> }[])[0]!.scaling;
}
