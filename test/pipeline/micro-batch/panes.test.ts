import { expect, test } from '@jest/globals';
import { Panes } from '../../../pipeline/engines/micro-batch/panes.js';

interface Count {
  readonly window: number;
  readonly key: string;
  readonly n: number;
}

const HOUR = 3_600_000;
const EVERYTHING = { resident: 100, committedThrough: HOUR, watermark: -Infinity };

/** Panes over a lake that answers with everything it has, whatever it is asked for. */
function panesOver(lake: readonly Count[]): Panes<Count, Count> {
  return new Panes(
    {
      windowMillis: HOUR,
      windowOf: (count) => count.window,
      keyOf: (count) => count.key,
      merge: (a, b) => ({ ...a, n: a.n + b.n }),
      row: (count) => count,
      committed: async () => lake,
    },
    EVERYTHING,
  );
}

const fired = (panes: Panes<Count, Count>) => panes.fire(HOUR, 1, () => '').sort((a, b) => (a.key < b.key ? -1 : 1));

test('a partial of a key that is not resident is merged with what the lake has', async () => {
  const panes = panesOver([{ window: 0, key: 'a', n: 3 }]);
  await panes.add([{ window: 0, key: 'a', n: 2 }]);
  expect(fired(panes)).toEqual([{ window: 0, key: 'a', n: 5 }]);
});

test('what the lake answers with beside what was asked for does not set back what is resident, and does not fire', async () => {
  const panes = panesOver([
    { window: 0, key: 'a', n: 3 },
    { window: 0, key: 'c', n: 9 },
  ]);
  // Recovered after a restart, and ahead of what was last fired.
  panes.replace([{ window: 0, key: 'a', n: 5 }]);
  await panes.add([{ window: 0, key: 'b', n: 1 }]);
  expect(fired(panes)).toEqual([
    { window: 0, key: 'a', n: 5 },
    { window: 0, key: 'b', n: 1 },
  ]);
});
