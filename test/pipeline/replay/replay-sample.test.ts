import { expect, test } from '@jest/globals';
import { openLakeSnapshot } from '../../../lake/reader.js';
import { replaySampleOf } from '../../../pipeline/replay/replay-sample.js';
import { runMessages, SETTING } from '../../support/direct.js';
import { withFolder } from '../../support/vitals.js';
import { wire } from '../../support/wire-reading.js';

const MESSAGES = [
  wire(),
  wire(),
  wire({ sequence: 2, heart_rate: 400 }),
  wire({ sequence: 3, event_time: '2026-11-21T07:20:03' }),
  'not json',
  wire({ sequence: 1, heart_rate: 99, sent_time: '2026-11-21T07:21:00.000Z' }),
  wire({ patient: 'P2' }),
];

const sampled = async (lake: string, setting = SETTING) => replaySampleOf(setting)(await openLakeSnapshot(lake));

test('batches run again give the rows and rejects that the lake has, repeats and versions included', async () => {
  await withFolder(async (lake) => {
    await runMessages(lake, MESSAGES, 3);
    // 4 versions (the repeat is none), 3 rejects: an impossible value, a time without a zone, no JSON.
    expect(await sampled(lake)).toEqual({ compared: 7, problem: null, left: null });
  });
});

test('a row that the recorded setting does not give is found', async () => {
  await withFolder(async (lake) => {
    const versions = { ...SETTING.versions, timezone: 'UTC' };
    await runMessages(lake, MESSAGES, 100, { versions });
    expect(await sampled(lake)).toMatchObject({ problem: 'batch 1 replays to 1 rows that silver does not have' });
  });
});

test('what was made with another key or by other rules is left out, and said', async () => {
  await withFolder(async (lake) => {
    await runMessages(lake, MESSAGES);
    const rules = { ...SETTING, versions: { ...SETTING.versions, rules: 'next' } };
    expect(await sampled(lake, rules)).toMatchObject({ problem: null, left: expect.stringMatching(/rules test/) });
    const key = { ...SETTING, versions: { ...SETTING.versions, pseudonym_key: 'other' } };
    expect(await sampled(lake, key)).toMatchObject({
      problem: null,
      left: expect.stringMatching(/pseudonym-key-file/),
    });
  });
});

test('a lake keeps to the key that it was begun with', async () => {
  await withFolder(async (lake) => {
    await runMessages(lake, [wire()]);
    const versions = { ...SETTING.versions, pseudonym_key: 'other' };
    await expect(runMessages(lake, [wire({ sequence: 2 })], 10, { versions })).rejects.toThrow(/--pseudonym-key-file/);
  });
});
