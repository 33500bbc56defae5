import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { itemsOf } from './items.js';
import { messageOf } from './messages.js';

const FOLDER = join(process.cwd(), '../shared/reference/fhir');
const present = existsSync(FOLDER);

/** What every official file becomes, counted; ids are not repeated here. */
const EXPECTED = {
  files: 44,
  reading: 13,
  tombstone: 2,
  NO_VITALS: 28,
  DATE: 1,
};

(present ? describe : describe.skip)(
  present ? 'the official FHIR R4 and US Core examples' : 'the official FHIR examples (the reference folder is absent)',
  () => {
    const files = present
      ? readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
      : [];

    test('each is accounted for, whether declared or not', () => {
      const totals: Record<string, number> = { files: files.length };
      for (const file of files) {
        const payload = readFileSync(join(FOLDER, file));
        const { readings, ends } = itemsOf(messageOf(payload));
        expect(itemsOf(messageOf(payload, { dialect: 'fhir' })).ends).toEqual(ends);
        const [reading] = readings;
        const end = reading === undefined ? (ends[0] ?? '') : 'reading';
        const kind = reading?.status === 'entered-in-error' ? 'tombstone' : end;
        totals[kind] = (totals[kind] ?? 0) + 1;
      }
      expect(totals).toEqual(EXPECTED);
    });
  },
);
