import { describe, expect, test } from '@jest/globals';
import { PaneTable } from '../../../pipeline/engines/micro-batch/pane-table.js';

const MINUTE = 60_000;

function fired(table: PaneTable<number>, watermark: number): [number, number, string][] {
  return [...table.fire(watermark)].map(({ window, accumulator, pane }) => [window, accumulator, pane]);
}

describe('open panes', () => {
  test('fire early while their window is open, on time once it has ended, and late after that', () => {
    const table = new PaneTable<number>(MINUTE, 100, -Infinity, -Infinity);
    table.put(0, 'p', 1);
    expect(fired(table, 30_000)).toEqual([[0, 1, 'early']]);
    table.put(0, 'p', 2);
    expect(fired(table, MINUTE)).toEqual([[0, 2, 'on_time']]);
    table.put(0, 'p', 3);
    expect(fired(table, MINUTE)).toEqual([[0, 3, 'late']]);
  });

  test('fire once for each change, and not again', () => {
    const table = new PaneTable<number>(MINUTE, 100, -Infinity, -Infinity);
    table.put(0, 'p', 1);
    table.put(0, 'p', 2);
    table.put(MINUTE, 'q', 5);
    expect(table.dirty).toBe(2);
    expect(fired(table, 0)).toEqual([
      [0, 2, 'early'],
      [MINUTE, 5, 'early'],
    ]);
    expect(table.dirty).toBe(0);
    expect(fired(table, 0)).toEqual([]);
  });

  test('a window that had ended before a restart fires late', () => {
    const table = new PaneTable<number>(MINUTE, 100, 0, 2 * MINUTE);
    table.put(0, 'p', 1);
    expect(fired(table, 2 * MINUTE)).toEqual([[0, 1, 'late']]);
  });

  test('drops the oldest clean windows, and then says that their keys may be in the lake', () => {
    const table = new PaneTable<number>(MINUTE, 2, -Infinity, -Infinity);
    for (const window of [0, 1, 2, 3]) table.put(window * MINUTE, 'p', window);
    expect(table.mayBeCommitted(0)).toBe(false);
    fired(table, 10 * MINUTE);
    expect(table.size).toBe(2);
    expect(table.find(0, 'p')).toBeUndefined();
    expect(table.find(3 * MINUTE, 'p')).toBe(3);
    expect([0, 1, 2, 3].map((window) => table.mayBeCommitted(window * MINUTE))).toEqual([true, true, false, false]);
  });

  test('never drop what has changed and was not fired', () => {
    const table = new PaneTable<number>(MINUTE, 1, -Infinity, -Infinity);
    table.put(0, 'p', 0);
    fired(table, 0);
    for (const window of [1, 2, 3]) table.put(window * MINUTE, 'p', window);
    expect(table.size).toBe(4);
    expect(table.dirty).toBe(3);
  });
});
