import { expect, test } from '@jest/globals';
import { openLakeSnapshot } from '../../../lake/reader.js';
import { openQuerySession } from '../../../query/session.js';
import { runMessages } from '../../support/direct.js';
import { withFolder } from '../../support/vitals.js';
import { wire } from '../../support/wire-reading.js';

test('of two messages with one id in a batch, the dead letter of a loser holds its own patient’s', async () => {
  await withFolder(async (lake) => {
    const version = (patient: string, heart_rate: number, sent: string) =>
      wire({ patient, heart_rate, message_id: 'COUNTER-1', sent_time: `2026-11-21T07:${sent}:00Z` });
    const [other, loser, winner] = [version('P1', 70, '21'), version('P2', 80, '21'), version('P2', 90, '22')] as const;
    await runMessages(lake, [other, loser, winner], 2);
    const session = await openQuerySession(await openLakeSnapshot(lake));
    const letters = await session.all('SELECT decode(original) AS original FROM silver.dead_letter');
    await session.close();
    expect(letters).toEqual([{ original: loser }]);
  });
});
