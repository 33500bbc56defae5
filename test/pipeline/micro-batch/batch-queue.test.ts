import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BatchQueue } from '../../../pipeline/engines/micro-batch/batch-queue.js';

describe('the queue of batches', () => {
  test('commits in sequence whatever order runs end in, and never holds more than its depth', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 4 }), async (scheduler, depth) => {
        const committed: number[] = [];
        let held = 0;
        let most = 0;
        const run = async (batch: number) => {
          most = Math.max(most, (held += 1));
          await scheduler.schedule(Promise.resolve(), `run ${batch}`);
        };
        const commit = async (batch: number) => {
          await scheduler.schedule(Promise.resolve(), `commit ${batch}`);
          committed.push(batch);
          held -= 1;
        };
        const queue = new BatchQueue(depth, run, commit);
        const fed = (async () => {
          for (let batch = 1; batch <= 8; batch += 1) await queue.add(batch);
          await queue.drain();
        })();
        await scheduler.waitFor(fed);
        expect(committed).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
        expect(most).toBe(Math.min(depth, 8));
      }),
    );
  });

  test('commits what stands before a batch that fails, nothing after it, and tells why', async () => {
    const committed: number[] = [];
    const queue = new BatchQueue<number>(
      4,
      async (batch) => {
        if (batch === 3) throw new Error('batch 3 cannot run');
      },
      async (batch) => void committed.push(batch),
    );
    for (const batch of [1, 2, 3, 4]) await queue.add(batch);
    await expect(queue.drain()).rejects.toThrow('batch 3 cannot run');
    expect(queue.failed).toBe(true);
    expect(committed).toEqual([1, 2]);
  });
});
