import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hashDocument } from '../../model/decode-document.js';
import type { ForestModel } from '../../model/forest/model.js';
import type { ModelDocument } from '../../model/model-document.js';
import { decodeModelFolder, encodeModelFolder, type ModelFolder } from '../../model/model-folder.js';
import { trainForest } from '../../model/train.js';
import { ConfigurationError } from '../../schema/errors.js';
import { plainFeatures, rowMajorOf } from './forest/rows.js';

const ROWS = Array.from({ length: 90 }, (_, i) => [i, (i * 7) % 13, i % 4 === 0 ? NaN : i / 3]);

function trained(seed: number): ForestModel {
  const options = { seed, source: 'test.csv', codeVersion: '0.1.0', trees: 5 };
  return trainForest(rowMajorOf(ROWS), ROWS.length, plainFeatures(3), options);
}

const MODEL = trained(1);
const FILES = encodeModelFolder(MODEL);

/** The document with a change, and a hash that fits it: what a careful forger writes. */
function rewritten(change: (document: Record<string, unknown>) => void): ModelFolder {
  const document = JSON.parse(new TextDecoder().decode(FILES['model.json'])) as Record<string, unknown>;
  change(document);
  document['document_sha256'] = hashDocument(document as unknown as ModelDocument);
  return { ...FILES, 'model.json': new TextEncoder().encode(JSON.stringify(document)) };
}

function refusal(files: ModelFolder): ConfigurationError {
  try {
    decodeModelFolder(files, 'm');
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return error as ConfigurationError;
  }
  throw new Error('nothing was refused');
}

describe('a model folder', () => {
  test('comes back as the model that was written, byte for byte and score for score', () => {
    const loaded = decodeModelFolder(FILES, 'm');
    expect(encodeModelFolder(loaded)).toEqual(FILES);
    expect(loaded.id).toBe(MODEL.id);
    expect(loaded.threshold).toBe(MODEL.threshold);
    expect(loaded.features).toEqual(MODEL.features);
    const rows = rowMajorOf(ROWS);
    expect(loaded.score(rows, ROWS.length)).toEqual(MODEL.score(rows, ROWS.length));
    expect(loaded.explain(rows.subarray(0, 3))).toEqual(MODEL.explain(rows.subarray(0, 3)));
  });

  test('says what the model is, what it was trained on and by which code, and when is not part of it', () => {
    const document = JSON.parse(new TextDecoder().decode(FILES['model.json'])) as ModelDocument;
    expect(Object.keys(document)).toEqual([
      'format',
      'kind',
      'version',
      'id',
      'features',
      'threshold',
      'training',
      'metrics',
      'created_with',
      'weights',
      'document_sha256',
    ]);
    expect(document).toMatchObject({
      format: 1,
      kind: 'forest',
      id: MODEL.id,
      training: { source: 'test.csv', rows: 90, usable_rows: 90, seed: 1, trees: 5, sample_size: 90 },
      created_with: { package: 'vitals-lakehouse', version: '0.1.0' },
      weights: { file: 'weights.bin', bytes: FILES['weights.bin'].length },
    });
    expect(document.features[0]).toEqual({ name: 'f0', unit: null, median: 44.5, scaling: 'none' });
  });

  test('may be laid out anew, as other tools do with JSON', () => {
    const compact = new TextEncoder().encode(JSON.stringify(JSON.parse(new TextDecoder().decode(FILES['model.json']))));
    expect(decodeModelFolder({ ...FILES, 'model.json': compact }, 'm').id).toBe(MODEL.id);
  });

  test('has an id of its trees, features and threshold', () => {
    expect(trained(2).id).not.toBe(MODEL.id);
    expect(refusal(rewritten((document) => (document['threshold'] = 0.7))).message).toContain('calls it');
    const renamed = rewritten((document) => {
      (document['features'] as Record<string, unknown>[])[0]!['name'] = 'f9';
    });
    expect(refusal(renamed).message).toContain('calls it');
  });

  test('never loads with a byte changed, unless it is still the same model', () => {
    const change = fc.record({
      file: fc.constantFrom('model.json' as const, 'weights.bin' as const),
      at: fc.nat(),
      value: fc.integer({ min: 0, max: 255 }),
    });
    fc.assert(
      fc.property(change, ({ file, at, value }) => {
        const bytes = FILES[file].slice();
        bytes[at % bytes.length] = value;
        try {
          expect(encodeModelFolder(decodeModelFolder({ ...FILES, [file]: bytes }, 'm'))).toEqual(FILES);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test('never loads cut short', () => {
    for (const file of ['model.json', 'weights.bin'] as const) {
      fc.assert(
        fc.property(fc.nat({ max: FILES[file].length - 2 }), (size) => {
          refusal({ ...FILES, [file]: FILES[file].subarray(0, size) });
        }),
      );
    }
  });
});

describe('a loader refuses, naming the file and the remedy,', () => {
  test.each<[string, (document: Record<string, unknown>) => void, string]>([
    ['a newer format', (document) => (document['format'] = 3), 'm/model.json: format 3 is newer than 2'],
    ['a format that never was', (document) => (document['format'] = 0), 'format 0 was never one'],
    ['a foreign kind', (document) => (document['kind'] = 'svm'), "a model of kind 'svm' cannot be scored"],
    ['a missing key', (document) => delete document['threshold'], 'threshold is missing'],
    ['a text for a number', (document) => (document['threshold'] = '0.6'), 'threshold is not a finite number'],
    ['a number beyond float64', (document) => (document['threshold'] = null), 'threshold is not a finite number'],
    [
      'another weights file',
      (document) => (document['weights'] = { file: '../x' }),
      "weights.file is not 'weights.bin'",
    ],
    ['features that are no list', (document) => (document['features'] = {}), 'features is not a list'],
    ['a feature that is no object', (document) => (document['features'] = [1]), 'features[0] is not an object'],
    [
      'other weights than those it names',
      (document) => ((document['weights'] as Record<string, unknown>)['sha256'] = '0'.repeat(64)),
      'm/weights.bin: not the file that model.json was written with',
    ],
    [
      'fewer features than the trees have',
      (document) => (document['features'] as unknown[]).pop(),
      'made for 3 features where model.json names 2',
    ],
  ])('%s', (_, change, message) => {
    const error = refusal(rewritten(change));
    expect(error.message).toContain(message);
    expect(error.remedy).not.toBe('');
  });

  test('a document whose values were changed by hand', () => {
    const text = new TextDecoder().decode(FILES['model.json']).replace('"seed": 1', '"seed": 2');
    const error = refusal({ ...FILES, 'model.json': new TextEncoder().encode(text) });
    expect(error.message).toContain('m/model.json: changed since it was written');
  });

  test.each(['', '{', '[]', 'null', '42', '\u0000'])('%p for a document', (text) => {
    expect(refusal({ ...FILES, 'model.json': new TextEncoder().encode(text) }).subject).toBe('m/model.json');
  });

  test('the weights of another model', () => {
    const other = encodeModelFolder(trained(2));
    expect(refusal({ ...FILES, 'weights.bin': other['weights.bin'] }).subject).toBe('m/weights.bin');
  });
});
