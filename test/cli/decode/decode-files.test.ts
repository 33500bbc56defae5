import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { decodeFiles } from '../../../cli/decode/decode-files.js';
import { toNowhere } from '../../../cli/decode/output.js';
import { summaryLines } from '../../../cli/decode/summary-table.js';
import { withFolder } from '../../support/vitals.js';
import { HEART_RATE, oru } from '../../transforms/decode/hl7v2-messages.js';
import { jsonWith } from '../../transforms/decode/messages.js';

const OPTIONS = { timezone: null, dialect: null, now: 0 };

describe('what became of the files of a folder', () => {
  test('each file is a line, the total is the last, and every message is accounted for', async () => {
    await withFolder(async (folder) => {
      await mkdir(join(folder, 'deep'));
      await writeFile(join(folder, 'b.hl7'), oru(HEART_RATE) + oru(HEART_RATE));
      await writeFile(join(folder, 'deep/a.ndjson'), `${jsonWith({ heart_rate: 400 })}\nx\n`);
      await writeFile(join(folder, 'notes.txt'), 'not read');
      const summaries = await decodeFiles(folder, OPTIONS, toNowhere(), null);
      expect(summaries.total.isComplete).toBe(true);
      expect(summaryLines(summaries, false).map((line) => line.replace(folder, '').split(/ {2,}/))).toEqual([
        ['file', 'messages', 'readings', 'rejected', 'fields rejected'],
        ['/b.hl7', '2', '2', '0', '0'],
        ['/deep/a.ndjson', '2', '1', '1: SYNTAX 1', '1: RANGE 1'],
        ['total', '4', '3', '1: SYNTAX 1', '1: RANGE 1'],
      ]);
      expect(summaryLines(summaries, true).map((line) => JSON.parse(line) as unknown)).toMatchObject([
        { file: join(folder, 'b.hl7'), messages: 2, readings: 2 },
        { file: join(folder, 'deep/a.ndjson'), rejected_by_reason: { SYNTAX: 1 } },
      ]);
    });
  });

  test('a folder without such files is a mistake', async () => {
    await withFolder(async (folder) => {
      await expect(decodeFiles(folder, OPTIONS, toNowhere(), null)).rejects.toThrow(/FILE: .* holds no file to decode/);
    });
  });
});
