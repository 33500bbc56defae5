import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ALIASES } from '../../../transforms/decode/aliases.js';
import { REASONS } from '../../../transforms/reject.js';

const ROOT = process.cwd();
const document = readFileSync(join(ROOT, 'docs/dead-letters.md'), 'utf8');

/** Codes given to `findings.flag(field, 'CODE')`, to a list of time repairs, or named as a conversion. */
function flagsInSource(): string[] {
  const folders = ['transforms', 'transforms/decode'];
  const files = folders.flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => join(ROOT, folder, name)));
  const text = files
    .filter((file) => /(?:decode\/[^/]+|cleanse|vital-check|clock-check|units)\.ts$/.test(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const calls = text.matchAll(/(?:\.flag\([^;]*?|codes\.push\([^;]*?|scaled\([^;]*?|return )'([A-Z][A-Z0-9_]{2,})'/g);
  return [...new Set([...calls].map((match) => match[1] ?? ''))];
}

describe('docs/dead-letters.md', () => {
  test.each(REASONS)('the reason %s is explained', (reason) => {
    expect(document).toContain(`| \`${reason}\``);
  });

  test('every flag in the source is explained', () => {
    const flags = flagsInSource();
    expect(flags).toEqual(expect.arrayContaining(['BOM', 'F_GUESS', 'SENTINEL', 'TIME_SECONDS', 'KPA_TO_MMHG']));
    expect(flags.filter((flag) => !document.includes(`\`${flag}\``))).toEqual([]);
  });

  test('every other name of a field is listed', () => {
    const listed = document.replace(/[_\-.]/g, '');
    for (const [name, { field }] of Object.entries(ALIASES)) {
      const row = listed
        .split('\n')
        .find((line) => new RegExp(`^\\|[^|]*\\b${field.replaceAll('_', '')}\\b[^|]*\\|.*\\b${name}\\b`).test(line));
      expect(row === undefined ? `${name} for ${field} is missing` : 'listed').toBe('listed');
    }
  });
});
