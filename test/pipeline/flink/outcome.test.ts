import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readdir } from 'node:fs/promises';
import { LocalStorage } from '../../../lake/storage/local.js';
import { decodeOutcome, encodeOutcome } from '../../../pipeline/engines/flink/outcome-file.js';
import { deleteOutcomes, deleteStaleOutcomes, outcomeFolder } from '../../../pipeline/engines/flink/outcome-folder.js';
import { readOutcome } from '../../../pipeline/engines/flink/read-outcome.js';
import { WriteOutcome } from '../../../pipeline/engines/flink/write-outcome.js';
import type { GraphOutput } from '../../../pipeline/graph-output.js';
import { withFolder } from '../../support/vitals.js';

const rowOf = fc.record({
  text: fc.string({ unit: 'grapheme' }),
  number: fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
  flag: fc.option(fc.boolean()),
  nested: fc.option(fc.dictionary(fc.string(), fc.array(fc.string()), { noNullPrototype: true })),
});

/** Runs a sink over a bundle of blocks. */
async function leave(lake: string, folder: string, output: GraphOutput, blocks: readonly object[][]): Promise<void> {
  const sink = new WriteOutcome({ lake, folder, shares: 1 }, output);
  sink.startBundle();
  for (const block of blocks) expect([...sink.process(block)]).toEqual([]);
  expect(await sink.finishBundle().next()).toMatchObject({ done: true });
}

const item = (offset: number, index = 0) => ({ offset, item: index, patient_id: `p${offset}` });
const folder = outcomeFolder(7, 'run-7-1');

describe('the outcome of an attempt', () => {
  test('each share finds exactly its own rows in a file', () => {
    const shares = fc.array(fc.array(rowOf), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(shares, (rows) => {
        const bytes = encodeOutcome(rows);
        rows.forEach((own, share) => expect(decodeOutcome(bytes, share)).toEqual(own));
      }),
    );
  });

  test('a bundle that is tried again, in another order, finds its own file', async () => {
    await withFolder(async (lake) => {
      await leave(lake, folder, 'silver.patient_vitals', [[item(0), item(1)], [item(2)]]);
      await leave(lake, folder, 'silver.patient_vitals', [[item(2)], [item(1), item(0)]]);
      expect(await new LocalStorage(lake).list(folder)).toHaveLength(1);
      expect((await readOutcome(new LocalStorage(lake), folder, 3)).scored.flat()).toHaveLength(3);
    });
  });

  test('every message must be accounted for, be it as a row, a repeat or a dead letter', async () => {
    await withFolder(async (lake) => {
      const storage = new LocalStorage(lake);
      await leave(lake, folder, 'silver.patient_vitals', [[item(0)]]);
      await leave(lake, folder, 'suppressed', [[item(1)]]);
      await leave(lake, folder, 'silver.dead_letter', [[{ ...item(2), scope: 'item' }]]);
      expect(await readOutcome(storage, folder, 3)).toMatchObject({ suppressed: 1 });
      await expect(readOutcome(storage, folder, 4)).rejects.toThrow('accounts for 3 of 4 messages');
    });
  });

  test('an item that is there twice is found out', async () => {
    await withFolder(async (lake) => {
      await leave(lake, folder, 'silver.patient_vitals', [[item(0), item(0, 1)]]);
      await leave(lake, folder, 'silver.patient_vitals', [[item(0)]]);
      await expect(readOutcome(new LocalStorage(lake), folder, 1)).rejects.toThrow('has 1 items twice');
    });
  });

  test('an attempt does not see the files of another one, and a batch takes those of all of them with it', async () => {
    await withFolder(async (lake) => {
      const storage = new LocalStorage(lake);
      const other = outcomeFolder(7, 'run-7-2');
      const later = outcomeFolder(8, 'run-8-1');
      for (const place of [folder, other, later]) await leave(lake, place, 'suppressed', [[item(0)]]);
      expect((await readOutcome(storage, other, 1)).suppressed).toBe(1);
      await deleteOutcomes(storage, 7);
      expect([...(await storage.list(folder)), ...(await storage.list(other))]).toEqual([]);
      expect(await storage.list(later)).toHaveLength(1);
      await deleteStaleOutcomes(storage);
      expect(await readdir(lake)).toEqual([]);
    });
  });

  test('an empty bundle leaves nothing', async () => {
    await withFolder(async (lake) => {
      await leave(lake, folder, 'gold.alerts', []);
      expect(await new LocalStorage(lake).list('')).toEqual([]);
    });
  });
});
