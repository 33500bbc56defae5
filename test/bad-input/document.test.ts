import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { renderDocument } from './document.js';

const FILE = join(process.cwd(), 'docs/bad-input.md');

test('docs/bad-input.md is what the table says (RENDER_DOCS=1 writes it)', () => {
  if (process.env['RENDER_DOCS'] === '1') writeFileSync(FILE, renderDocument());
  expect(readFileSync(FILE, 'utf8')).toBe(renderDocument());
});
