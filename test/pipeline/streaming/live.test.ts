import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { StreamingJob } from '../../../pipeline/engines/streaming/run-continuous.js';
import { runMessages } from '../../support/direct.js';
import { commitStream, delivered, hashesOf, runBundle } from './stream.js';
import { story } from './story.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitals-live-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const STORY = story(12);

/** A job that runs its bundles when it is told to, and ends when it is drained or has failed. */
class ManualJob implements StreamingJob {
  readonly calls: string[] = [];
  readonly ended: Promise<void>;
  finish: () => void = () => {};
  fail: (error: Error) => void = () => {};

  constructor(private readonly onDrain: (job: ManualJob) => Promise<void>) {
    this.ended = new Promise((resolve, reject) => {
      this.finish = resolve;
      this.fail = reject;
    });
  }

  async drain(): Promise<void> {
    this.calls.push('drain');
    await this.onDrain(this);
  }

  async cancel(): Promise<void> {
    this.calls.push('cancel');
  }
}

/** Resolves when a run has committed so many messages. */
function committed(messages: number) {
  let resolve: () => void = () => {};
  const reached = new Promise<void>((done) => (resolve = done));
  return {
    reached,
    onStatus: (status: { totals: { messages: number } }) => {
      if (status.totals.messages >= messages) resolve();
    },
  };
}

async function expectSameAsDirect(lake: string): Promise<void> {
  const direct = join(folder, 'direct');
  await runMessages(direct, STORY);
  expect(await hashesOf(lake)).toEqual(await hashesOf(direct));
}

describe('a continuous run', () => {
  test('commits while the job runs; the signal drains the job, and what it lands until its end is committed too', async () => {
    const lake = join(folder, 'lake');
    const half = STORY.length >> 1;
    const stop = new AbortController();
    const job = new ManualJob(async (self) => {
      // Read before the drain, and landed by its last bundle.
      await runBundle(
        lake,
        STORY.slice(half).map((payload) => delivered(payload)),
      );
      self.finish();
    });
    const { reached, onStatus } = committed(half);
    const run = commitStream(lake, { onStatus }, async () => job, stop.signal);
    await runBundle(
      lake,
      STORY.slice(0, half).map((payload) => delivered(payload)),
    );
    await reached;
    expect(job.calls).toEqual([]);
    stop.abort();
    const status = await run;
    expect(job.calls).toEqual(['drain']);
    expect(status.totals.messages).toBe(STORY.length);
    await expectSameAsDirect(lake);
  });

  test('a job that fails ends the run with its reason, after everything that it had landed is committed', async () => {
    const lake = join(folder, 'lake');
    const job = new ManualJob(async () => {});
    const run = commitStream(lake, {}, async () => job);
    const outcome = expect(run).rejects.toThrow('the task manager is gone');
    await runBundle(
      lake,
      STORY.map((payload) => delivered(payload)),
    );
    job.fail(new Error('the task manager is gone'));
    await outcome;
    await expectSameAsDirect(lake);
  });

  test('a job that cannot be started leaves the lake as it was, and open for the next run', async () => {
    const lake = join(folder, 'lake');
    const start = async () => Promise.reject(new Error('no job service'));
    await expect(commitStream(lake, {}, start)).rejects.toThrow('no job service');
    await runBundle(
      lake,
      STORY.map((payload) => delivered(payload)),
    );
    await commitStream(lake);
    await expectSameAsDirect(lake);
  });

  test('a run whose lake fails cancels the job: nobody would commit what it lands', async () => {
    const lake = join(folder, 'lake');
    const job = new ManualJob(async () => {});
    const onStatus = () => {
      throw new Error('the disk is full');
    };
    const run = commitStream(lake, { onStatus }, async () => job);
    const outcome = expect(run).rejects.toThrow('the disk is full');
    await runBundle(
      lake,
      STORY.slice(0, 3).map((payload) => delivered(payload)),
    );
    await outcome;
    expect(job.calls).toEqual(['cancel']);
  });

  test('a message that the broker delivers again to another bundle stands in bronze once', async () => {
    const lake = join(folder, 'lake');
    const [first, ...others] = STORY.slice(0, 6).map((payload, i) => delivered(payload, `broker-${i}`));
    await runBundle(lake, [first!, ...others]);
    await runBundle(lake, [...others, first!]);
    const status = await commitStream(lake, { limits: { messages: 3, bytes: 1 << 30 } });
    expect(status.totals.messages).toBe(6);
  });

  test('two publishings of the same bytes without ids are two messages, of which the second is suppressed', async () => {
    const lake = join(folder, 'lake');
    const [payload] = STORY;
    await runBundle(lake, [delivered(payload!), delivered(payload!)]);
    const { totals, feed } = await commitStream(lake);
    expect(totals).toMatchObject({ messages: 2, received: 2, silver: 1, suppressed: 1 });
    expect(feed.ranHere).toBe(0);
  });

  test('waits no longer than its patience for panes that do not come while the job runs', async () => {
    const lake = join(folder, 'lake');
    const job = new ManualJob(async (self) => self.finish());
    const { reached, onStatus } = committed(STORY.length);
    const stop = new AbortController();
    await runBundle(
      lake,
      STORY.map((payload) => delivered(payload)),
    );
    await rm(join(lake, '_stream/vitals-test/panes'), { recursive: true });
    const run = commitStream(lake, { onStatus, silenceMillis: 50 }, async () => job, stop.signal);
    await reached;
    stop.abort();
    const status = await run;
    // Two of the story are no JSON: what holds no reading needs no pane.
    expect(status.feed).toEqual({ messages: STORY.length, ranHere: STORY.length - 2 });
    await expectSameAsDirect(lake);
  });
});
