import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { auditInProcess } from '../../support/audit.js';
import { runMessages } from '../../support/direct.js';
import { withFolder } from '../../support/vitals.js';
import { withDyingDisk } from './dying-disk.js';
import { commitStream, delivered, forgetWriter, hashesOf, runBundle } from './stream.js';
import { story } from './story.js';

/** Every how manyth operation the committer is killed at; `VITALS_CRASH_STEP=1` kills it at each. */
const STEP = Number(process.env['VITALS_CRASH_STEP'] ?? 13);

test('a committer that is killed at any step, before or after it, goes on and ends with the same silver and gold', async () => {
  await withFolder(async (folder) => {
    const messages = story(12);
    const direct = join(folder, 'direct');
    await runMessages(direct, messages);
    const expected = await hashesOf(direct);
    const landed = join(folder, 'landed');
    for (let from = 0; from < messages.length; from += 5) {
      await runBundle(
        landed,
        messages.slice(from, from + 5).map((payload, i) => delivered(payload, `b${from + i}`)),
      );
    }
    const copyOf = async (name: string) => {
      const lake = join(folder, name);
      await cp(landed, lake, { recursive: true });
      return lake;
    };
    const whole = await copyOf('whole');
    const { operations } = await withDyingDisk(Infinity, 'before', () => commitStream(whole));
    expect(await hashesOf(whole)).toEqual(expected);

    for (const when of ['before', 'after'] as const) {
      for (let crashAt = when === 'before' ? 1 : 1 + (STEP >> 1); crashAt <= operations; crashAt += STEP) {
        const lake = await copyOf(`${when}-${crashAt}`);
        const { died } = await withDyingDisk(crashAt, when, () => commitStream(lake));
        expect({ crashAt, when, died }).toEqual({ crashAt, when, died: true });
        await forgetWriter(lake);
        const status = await commitStream(lake);
        const audit = await auditInProcess(lake);
        expect({ crashAt, when, failed: audit.invariants.filter(({ ok }) => !ok) }).toEqual({
          crashAt,
          when,
          failed: [],
        });
        expect({ crashAt, when, hashes: await hashesOf(lake) }).toEqual({ crashAt, when, hashes: expected });
        expect({ crashAt, when, messages: status.totals.messages }).toEqual({
          crashAt,
          when,
          messages: messages.length,
        });
      }
    }
  });
}, 600_000);
