import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readModelFolder, writeModelFolder } from '../../cli/model-files.js';
import { encodeModelFolder } from '../../model/model-folder.js';
import { trainForest } from '../../model/train.js';
import { ConfigurationError } from '../../schema/errors.js';
import { plainFeatures } from './forest/rows.js';

const VALUES = Float64Array.from({ length: 120 }, (_, i) => (i * i) % 37);
const [MODEL, OTHER] = [1, 2].map((seed) =>
  trainForest(VALUES, 60, plainFeatures(2), { seed, source: 'test', codeVersion: '0', trees: 3 }),
) as [ReturnType<typeof trainForest>, ReturnType<typeof trainForest>];

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'vitals-model-files-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('model folders on disk', () => {
  test('come back as they were written, in folders that did not exist', () => {
    const folder = join(root, 'deep', 'er', 'model');
    writeModelFolder(folder, MODEL);
    expect(encodeModelFolder(readModelFolder(folder))).toEqual(encodeModelFolder(MODEL));
    expect(readdirSync(folder).sort()).toEqual(['model.json', 'weights.bin']);
    expect(readdirSync(join(root, 'deep', 'er'))).toEqual(['model']);
  });

  test('replace an older model whole', () => {
    const folder = join(root, 'replaced');
    writeModelFolder(folder, MODEL);
    writeModelFolder(folder, OTHER);
    expect(readModelFolder(folder).id).toBe(OTHER.id);
    expect(readdirSync(root).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('are written into an empty folder', () => {
    const folder = join(root, 'empty');
    mkdirSync(folder);
    writeModelFolder(folder, MODEL);
    expect(readModelFolder(folder).id).toBe(MODEL.id);
  });

  test('never replace a folder or a file of something else', () => {
    const folder = join(root, 'photos');
    mkdirSync(folder);
    writeFileSync(join(folder, 'cat.jpg'), 'cat');
    expect(() => writeModelFolder(folder, MODEL)).toThrow(ConfigurationError);
    expect(() => writeModelFolder(join(folder, 'cat.jpg'), MODEL)).toThrow(/holds something other than a model/);
    expect(readFileSync(join(folder, 'cat.jpg'), 'utf8')).toBe('cat');
    expect(readdirSync(folder)).toEqual(['cat.jpg']);
  });

  test('that are missing, or miss a file, are refused with a remedy', () => {
    expect(() => readModelFolder(join(root, 'nowhere'))).toThrow(
      /--model: there is no folder .*nowhere. Make one: vitals model train/,
    );
    for (const missing of ['model.json', 'weights.bin']) {
      const folder = join(root, `without-${missing}`);
      writeModelFolder(folder, MODEL);
      rmSync(join(folder, missing));
      expect(() => readModelFolder(folder)).toThrow(`--model: there is no ${missing} in ${folder}`);
    }
  });

  test('that are damaged are refused by the name of the file', () => {
    const folder = join(root, 'damaged');
    writeModelFolder(folder, MODEL);
    const path = join(folder, 'weights.bin');
    writeFileSync(path, readFileSync(path).subarray(0, 100));
    expect(() => readModelFolder(folder)).toThrow(`${path}: 100 bytes where model.json says`);
  });
});
