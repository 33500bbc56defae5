import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import wabt from 'wabt';
import { WALK } from '../../../model/forest/walk.generated.js';

test('the committed bytes are those of walk.wat', async () => {
  const source = 'model/forest/walk.wat';
  const parsed = (await wabt()).parseWat(source, readFileSync(source, 'utf8'));
  parsed.validate();
  expect(Buffer.from(WALK, 'base64').equals(Buffer.from(parsed.toBinary({}).buffer))).toBe(true);
});
