import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { writeModelFolder } from '../../../cli/model-files.js';
import { decodeModelFolder } from '../../../model/model-folder.js';
import { smallForest } from '../../support/forests.js';
import { vitals, withFolder } from '../../support/vitals.js';

test('model evaluate --scenarios reads every model that --model names, before anything is simulated', async () => {
  await withFolder(async (folder) => {
    const first = join(folder, 'first');
    writeModelFolder(first, decodeModelFolder(smallForest(1).files, 'first'));
    const { code, stderr } = await vitals([
      'model',
      'evaluate',
      '--scenarios',
      '--model',
      first,
      join(folder, 'second'),
    ]);
    expect(stderr).toMatch(/there is no folder .*second/);
    expect(code).toBe(1);
  });
});
