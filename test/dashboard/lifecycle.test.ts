import { describe, expect, test } from '@jest/globals';
import { actionOf, judge } from '../../dashboard/alert-events/lifecycle.js';
import { AlertEventLog } from '../../lake/alert-event-log.js';
import { openLakeWriter } from '../../lake/lake.js';
import { openLakeSnapshot } from '../../lake/reader.js';
import type { AlertEventRow } from '../../schema/tables/gold-alert-events.js';
import { MemoryStorage } from '../lake/memory-storage.js';

const BY = (status: string, who: string) => ({ status, who });

describe('the life of an alert', () => {
  test.each([
    ['open', [], BY('acknowledged', 'A'), 'record'],
    ['open', [], BY('resolved', 'A'), 'record'],
    ['acknowledged', [BY('acknowledged', 'A')], BY('acknowledged', 'A'), 'repeat'],
    ['acknowledged by another', [BY('acknowledged', 'A')], BY('acknowledged', 'B'), 'repeat'],
    ['acknowledged', [BY('acknowledged', 'A')], BY('resolved', 'B'), 'record'],
    ['resolved', [BY('resolved', 'A')], BY('resolved', 'A'), 'repeat'],
    ['resolved by another', [BY('resolved', 'A')], BY('resolved', 'B'), 'refuse'],
    ['resolved', [BY('acknowledged', 'A'), BY('resolved', 'A')], BY('acknowledged', 'A'), 'refuse'],
  ] as const)('when it is %s', (_, history, action, verdict) => {
    expect(judge(history, action as never)).toBe(verdict);
  });

  test.each([
    [null, /not an object/],
    [{ status: 'open', who: 'A' }, /acknowledged or resolved/],
    [{ status: 'resolved' }, /Say who acts/],
    [{ status: 'resolved', who: '  ' }, /Say who acts/],
    [{ status: 'resolved', who: 'A'.repeat(101) }, /100 characters/],
    [{ status: 'resolved', who: 'A', note: 7 }, /1000 characters/],
    [{ status: 'resolved', who: 'A', note: 'n'.repeat(1001) }, /1000 characters/],
  ])('an action of %j says what is wrong with it', (value, expected) => {
    const action = actionOf(value);
    expect('problem' in action && `${action.problem} ${action.remedy}`).toMatch(expected);
  });

  test('a name is trimmed and loses what turns text around; markup stays, as text', () => {
    expect(actionOf({ status: 'resolved', who: ' \u202eN.\n<b>O</b> ', note: '' })).toEqual({
      status: 'resolved',
      who: 'N. <b>O</b>',
    });
  });
});

describe('the log of what people did', () => {
  const event = (alert_id: string, status: string, who: string) => ({
    alert_id,
    status,
    who,
    note: null,
    acted_at: 1_000,
  });
  const once = (row: ReturnType<typeof event>) => (history: readonly AlertEventRow[]) =>
    history.length === 0 ? row : null;

  test('of twenty who acknowledge one alert at once, one is recorded and all see who', async () => {
    const storage = new MemoryStorage();
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        new AlertEventLog(storage).append('a', once(event('a', 'acknowledged', `P${i}`))),
      ),
    );
    const histories = new Set(all.map((history) => JSON.stringify(history)));
    expect(histories.size).toBe(1);
    expect(all[0]).toHaveLength(1);
  });

  test('of forty who act on different alerts at once, everybody is recorded once, over a merge of files', async () => {
    const storage = new MemoryStorage();
    const ids = Array.from({ length: 40 }, (_, i) => `a${i}`);
    await Promise.all(ids.map((id) => new AlertEventLog(storage).append(id, once(event(id, 'acknowledged', 'A')))));
    const log = new AlertEventLog(storage);
    for (const id of ids)
      expect(await log.history(id)).toEqual([{ ...event(id, 'acknowledged', 'A'), event_number: 1 }]);
    const files = (await openLakeSnapshot(storage)).tables.get('gold.alert_events')?.files ?? [];
    expect(files.length).toBeLessThan(33);
    expect(files.reduce((sum, file) => sum + (file.rows ?? 0), 0)).toBe(40);
  });

  test('events of one alert are numbered in the order in which they were recorded', async () => {
    const log = new AlertEventLog(new MemoryStorage());
    await log.append('a', () => event('a', 'acknowledged', 'A'));
    const history = await log.append('a', () => event('a', 'resolved', 'B'));
    expect(history.map((row) => [row.event_number, row.status, row.who])).toEqual([
      [1, 'acknowledged', 'A'],
      [2, 'resolved', 'B'],
    ]);
  });

  test('a log of hundreds of commits is read from its checkpoint, and the next event still knows the first', async () => {
    const storage = new MemoryStorage();
    const log = new AlertEventLog(storage);
    for (let i = 0; i < 103; i += 1) await log.append(`a${i}`, once(event(`a${i}`, 'acknowledged', 'A')));
    const checkpoints = (await storage.list('gold/alert_events/')).filter((path) => path.includes('checkpoint'));
    expect(checkpoints).toHaveLength(1);
    expect(await new AlertEventLog(storage).append('a0', once(event('a0', 'acknowledged', 'B')))).toHaveLength(1);
    expect((await openLakeSnapshot(storage)).tables.get('gold.alert_events')?.version).toBe(103);
  });

  test("the lake's writer neither minds nor touches events that are appended while it is open", async () => {
    const storage = new MemoryStorage();
    const writer = await openLakeWriter(storage, { clock: () => 1_000 });
    const log = new AlertEventLog(storage);
    for (let i = 0; i < 3; i += 1) await log.append(`a${i}`, once(event(`a${i}`, 'resolved', 'A')));
    await writer.compact({ minFiles: 2 });
    await writer.vacuum({ tombstoneAge: 0, orphanAge: 0 });
    await writer.close();
    await (await openLakeWriter(storage, { clock: () => 2_000 })).close();
    expect(await new AlertEventLog(storage).history('a2')).toHaveLength(1);
    expect((await openLakeSnapshot(storage)).tables.get('gold.alert_events')?.files).toHaveLength(3);
  });

  test('an event whose outcome was not heard is found by the next try, and is there once', async () => {
    const storage = new MemoryStorage();
    const failing = Object.create(storage, {
      putIfAbsent: {
        value: async (path: string, bytes: Uint8Array) => {
          const outcome = await storage.putIfAbsent(path, bytes);
          if (path.endsWith('1.json')) throw new Error('no answer');
          return outcome;
        },
      },
    }) as MemoryStorage;
    await expect(new AlertEventLog(failing).append('a', once(event('a', 'acknowledged', 'A')))).rejects.toThrow(
      'no answer',
    );
    expect(await new AlertEventLog(storage).append('a', once(event('a', 'acknowledged', 'A')))).toHaveLength(1);
  });
});
