import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { BatchCounts } from '../../../lake/manifest.js';
import { auditInProcess } from '../../support/audit.js';
import type { ContentHashes } from '../../../query/content-hash.js';
import { runMessages } from '../../support/direct.js';
import { withFolder } from '../../support/vitals.js';
import { commitStream, delivered, hashesOf, JOB, runBundle } from './stream.js';
import { story } from './story.js';

const STORY = story();
let expected: ContentHashes;
let counts: Partial<BatchCounts>;

beforeAll(async () => {
  await withFolder(async (lake) => {
    const { received, silver, dead_letter, suppressed, field_rejects } = (await runMessages(lake, STORY)).totals;
    counts = { received, silver, dead_letter, suppressed, field_rejects };
    expected = await hashesOf(lake);
  });
});

/** Files below a folder of the stream. */
async function filesIn(lake: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(lake, '_stream', JOB, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function failedInvariants(lake: string): Promise<unknown> {
  return (await auditInProcess(lake)).invariants.filter(({ ok }) => !ok);
}

describe('the committer of a continuous engine', () => {
  test('makes of landed messages and panes what the direct engine makes of the messages, and leaves nothing behind', async () => {
    await withFolder(async (lake) => {
      await runBundle(
        lake,
        STORY.map((payload) => delivered(payload)),
      );
      const status = await commitStream(lake);
      expect(await hashesOf(lake)).toEqual(expected);
      expect(await failedInvariants(lake)).toEqual([]);
      expect(status.totals).toMatchObject(counts);
      expect(counts.field_rejects).toBeGreaterThan(0);
      expect(status.feed).toEqual({ messages: STORY.length, ranHere: 0 });
      expect(await filesIn(lake, 'landing')).toEqual([]);
      expect(await filesIn(lake, 'panes')).toEqual([]);
    });
  });

  test('runs a batch itself of which no pane comes', async () => {
    await withFolder(async (lake) => {
      await runBundle(
        lake,
        STORY.map((payload) => delivered(payload)),
      );
      await rm(join(lake, '_stream', JOB, 'panes'), { recursive: true });
      const status = await commitStream(lake);
      expect(await hashesOf(lake)).toEqual(expected);
      expect(await failedInvariants(lake)).toEqual([]);
      expect(status.totals).toMatchObject(counts);
      expect(status.feed.ranHere).toBeGreaterThan(0);
    });
  });

  test('the order of arrival, the cut into bundles, bundles tried again and panes lost change nothing', async () => {
    const bundle = fc.record({ size: fc.integer({ min: 1, max: 20 }), again: fc.boolean() });
    const world = fc.record({
      order: fc.shuffledSubarray(STORY, { minLength: STORY.length, maxLength: STORY.length }),
      bundles: fc.array(bundle, { minLength: 3, maxLength: 6 }),
      redelivered: fc.subarray(STORY, { maxLength: 6 }),
      ids: fc.boolean(),
      batch: fc.integer({ min: 3, max: 60 }),
      lost: fc.array(fc.boolean(), { minLength: 4, maxLength: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(world, async ({ order, bundles, redelivered, ids, batch, lost }) => {
        await withFolder(async (lake) => {
          const messages = [...order, ...redelivered].map((payload) =>
            delivered(payload, ids ? `broker-${STORY.indexOf(payload)}` : null),
          );
          let from = 0;
          for (let i = 0; from < messages.length; i += 1) {
            const { size, again } = bundles[i % bundles.length] ?? { size: 10, again: false };
            const part = messages.slice(from, from + size);
            await runBundle(lake, part);
            // Tried again with one message more: another landing file, the same messages.
            if (again) await runBundle(lake, messages.slice(from, from + size + 1));
            from += size;
          }
          for (const [i, file] of (await filesIn(lake, 'panes')).entries()) if (lost[i % lost.length]) await rm(file);
          await commitStream(lake, { limits: { messages: batch, bytes: 1 << 30 } });
          expect(await hashesOf(lake)).toEqual(expected);
          expect(await failedInvariants(lake)).toEqual([]);
        });
      }),
      { numRuns: Number(process.env['VITALS_SHUFFLES'] ?? 3) },
    );
  }, 300_000);
});
