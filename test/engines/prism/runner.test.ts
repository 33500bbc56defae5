import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { beam, register, step } from '../../../beam/index.js';
import {
  JobFailedError,
  JobServiceError,
  runPortably,
  submitPortably,
  type SubmitOptions,
} from '../../../beam/portable/index.js';
import { appendFired, readFired } from '../../../beam/testing/index.js';
import { withFolder } from '../support/folder.js';
import { describeOn } from '../support/program.js';
import { PRISM, startPrism, type Prism } from '../support/prism.js';
import { waitFor } from '../support/wait-for.js';

class Double {
  *process(value: number) {
    yield { doubled: value * 2 };
  }
}

class PlantedFault {
  process(): void {
    throw new Error('planted fault');
  }
}

/** Never comes to its end. */
class Hang {
  process(): Promise<never[]> {
    return new Promise(() => {});
  }
}

/** What the coders of the SDK bent as shipped: a time beyond 2^31, a fraction, null, rows within rows. */
const ROWS = [
  { key: 'a', time: 1_795_000_000_123, rows: [{ n: null, x: -0.5, flags: { heart_rate: ['RANGE'] } }] },
  { key: 'a', time: -1, rows: [] },
];

/** Takes a group apart. */
class Ungroup {
  *process({ value }: { value: Iterable<(typeof ROWS)[number]> }) {
    yield* value;
  }
}

register('test/engines/prism/runner', { Double, PlantedFault, Hang, Ungroup });

let prism: Prism;
beforeAll(async () => {
  if ('path' in PRISM) prism = await startPrism();
});
afterAll(async () => await prism?.stop());

const options = (): SubmitOptions => ({
  jobEndpoint: prism.jobEndpoint,
  jobName: 'runner',
  worker: { kind: 'loopback' },
});

describeOn(PRISM, 'the portable runner against Prism', () => {
  test('runs a bounded graph to its end', () =>
    withFolder(async (folder) => {
      const result = await runPortably((root) => {
        const doubled = root.apply(beam.create([1, 2, 3])).apply(step('Double', beam.parDo(new Double() as never)));
        appendFired('Append', folder, doubled as never);
      }, options());
      expect(result.state).toBe('DONE');
      const values = readFired<{ doubled: number }>(folder).map(({ value }) => value.doubled);
      expect(values.sort()).toEqual([2, 4, 6]);
    }));

  test('throws when a DoFn fails, with the reason that the runner gives', async () => {
    const job = runPortably((root) => {
      root.apply(beam.create([1])).apply(step('Fail', beam.parDo(new PlantedFault() as never)));
    }, options());
    await expect(job).rejects.toThrow(JobFailedError);
    await expect(job).rejects.toMatchObject({ state: 'FAILED', reason: expect.stringContaining('planted fault') });
  });

  test('times, fractions and blocks of rows survive the coders across a shuffle', () =>
    withFolder(async (folder) => {
      await runPortably((root) => {
        const grouped = root.apply(beam.create(ROWS)).apply(step('Group', beam.groupBy('key' as never)));
        appendFired('Append', folder, grouped.apply(step('Ungroup', beam.parDo(new Ungroup() as never))) as never);
      }, options());
      const rows = readFired<(typeof ROWS)[number]>(folder).map(({ value }) => value);
      expect(rows).toHaveLength(ROWS.length);
      expect(rows).toEqual(expect.arrayContaining(ROWS));
    }));

  test('cancels a job that would not end, and says so to whoever waits for it', async () => {
    const job = await submitPortably((root) => {
      root.apply(beam.create([1])).apply(step('Hang', beam.parDo(new Hang() as never)));
    }, options());
    try {
      await waitFor('the job runs', async () => (await job.state()) === 'RUNNING');
      const waiting = job.waitUntilFinish({ timeoutMillis: 30_000 });
      await Promise.all([expect(waiting).rejects.toMatchObject({ state: 'CANCELLED' }), job.cancel()]);
    } finally {
      await job.close();
    }
  });

  test('names the job service when it dies under a job', async () => {
    const mortal = await startPrism();
    const job = await submitPortably(
      (root) => {
        root.apply(beam.create([1])).apply(step('Hang', beam.parDo(new Hang() as never)));
      },
      { ...options(), jobEndpoint: mortal.jobEndpoint },
    );
    try {
      const waiting = expect(job.waitUntilFinish({ timeoutMillis: 30_000 })).rejects.toThrow(JobServiceError);
      await mortal.stop();
      await waiting;
    } finally {
      await job.close();
    }
  });
});
