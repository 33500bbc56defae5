import { readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { panesFolder } from '../../../pipeline/engines/streaming/stream-folder.js';
import { withFolder } from '../../support/vitals.js';
import { wire } from '../../support/wire-reading.js';
import { commitStream, delivered, runBundle, streamingOptions } from './stream.js';

/** Loses the pane files of one output, as a bundle does that is never finished. */
async function losePanes(lake: string, output: string): Promise<number> {
  const folder = join(lake, panesFolder(streamingOptions(lake)));
  let lost = 0;
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    if (!(await readFile(file, 'utf8')).startsWith(`{"output":"${output}"`)) continue;
    await unlink(file);
    lost += 1;
  }
  return lost;
}

test('a message that was delivered twice into one pane is not taken for its own repeat when its row is lost', async () => {
  await withFolder(async (lake) => {
    await runBundle(lake, [delivered(wire(), 'm1'), delivered(wire(), 'm1')]);
    expect(await losePanes(lake, 'silver.patient_vitals')).toBe(1);
    const { totals } = await commitStream(lake);
    expect(totals.silver).toBe(1);
    expect(totals.received).toBe(totals.silver + totals.dead_letter + totals.suppressed);
  });
});
