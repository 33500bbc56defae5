import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { startVitals, vitals, withFolder } from '../support/vitals.js';

const RANGE = ['--from', '2026-11-21T00:00:00Z', '--to', '2026-11-21T06:00:00Z', '--interval', '1', '--patients', '20'];

/** Runs a command whose reader closes the pipe after the first bytes, as `| head -1` does. */
async function readABit(args: readonly string[]): Promise<{ code: number | null; stderr: string }> {
  const child = startVitals(args);
  let stderr = '';
  child.stderr?.on('data', (chunk) => (stderr += chunk));
  child.stdout?.once('data', () => child.stdout?.destroy());
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr };
}

test('a reader that closes the pipe ends a command quietly', async () => {
  await withFolder(async (folder) => {
    const data = join(folder, 'rows.csv');
    const rows = Array.from({ length: 50_000 }, (_, i) => `${i % 97},${i % 31}`);
    await writeFile(data, `a,b\n${rows.join('\n')}\n`);
    const model = join(folder, 'model');
    await vitals(['model', 'train', '--data', data, '--algorithm', 'forest', '--seed', '1', '--out', model]);
    expect(await readABit(['model', 'score', '--model', model, '--data', data])).toEqual({ code: 0, stderr: '' });
  });
  expect(await readABit(['simulate', ...RANGE, '--sink', '-'])).toMatchObject({ code: 0 });
});
