import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { register, step, type PCollection, type Root } from '../../../beam/index.js';
import { submitPortably } from '../../../beam/portable/index.js';
import { testStream, type TestStream } from '../../../beam/testing/index.js';
import type { StreamingJob } from '../../../pipeline/engines/streaming/run-continuous.js';
import type { StreamMessage } from '../../../pipeline/engines/streaming/stream-message.js';
import { buildStreamingGraph } from '../../../pipeline/engines/streaming/streaming-graph.js';
import { auditInProcess } from '../../support/audit.js';
import { parDo, type Block } from '../../../transforms/block.js';
import type { Message } from '../../../transforms/reading.js';
import { commitStream, delivered, hashesOf, streamingOptions } from '../../pipeline/streaming/stream.js';
import { T0, wire, type Change } from '../../support/wire-reading.js';
import { runMessages } from '../../support/direct.js';
import { withFolder } from '../support/folder.js';
import { describeOn } from '../support/program.js';
import { PRISM, startPrism, type Prism } from '../support/prism.js';

let prism: Prism;
beforeAll(async () => {
  if ('path' in PRISM) prism = await startPrism();
});
afterAll(async () => await prism?.stop());

interface Published {
  readonly payload: string;
}

/** What a broker's read would hand over: payloads, as they were published. */
class ReadPayload {
  *process({ payload }: Published): Generator<Block<StreamMessage>> {
    yield [delivered(payload)];
  }
}
register('test/engines/streaming/prism', { ReadPayload });

const MINUTE = 60_000;
const at = (minute: number) => T0 + minute * MINUTE;

/** Everything that a script publishes, beside the script itself. */
class Script {
  readonly published: string[] = [];
  stream: TestStream<Published> = testStream<Published>().advanceWatermarkTo(T0);

  publish(...payloads: string[]): this {
    this.published.push(...payloads);
    const timestamp = T0;
    this.stream = this.stream.addElements(...payloads.map((payload) => ({ value: { payload }, timestamp })));
    return this;
  }

  watermark(minute: number): this {
    this.stream = this.stream.advanceWatermarkTo(at(minute));
    return this;
  }

  /** Lets early panes fire. */
  pause(): this {
    this.stream = this.stream.advanceProcessingTime(1_000);
    return this;
  }
}

/** Plays a script through the streaming graph on Prism, while the committer commits what lands and fires. */
async function play(lake: string, script: Script) {
  const stream = script.stream.advanceWatermarkToInfinity();
  const read = (root: Root) =>
    stream.applyTo(root).apply(step('Read', parDo(new ReadPayload() as never)) as never) as PCollection<Block<Message>>;
  const start = async (): Promise<StreamingJob> => {
    const job = await submitPortably((root) => buildStreamingGraph(root, read, streamingOptions(lake)), {
      jobEndpoint: prism.jobEndpoint,
      jobName: 'continuous',
      worker: { kind: 'loopback' },
    });
    const ended = job.waitUntilFinish({ timeoutMillis: 60_000 }).then(() => job.close());
    return { ended, drain: async () => {}, cancel: () => job.cancel() };
  };
  return commitStream(lake, { silenceMillis: 60_000, stragglerMillis: 60_000 }, start);
}

/** The script's messages make the same lake on the direct engine. */
async function expectSameAsDirect(lake: string, script: Script): Promise<void> {
  await withFolder(async (direct) => {
    await runMessages(direct, script.published);
    expect(await hashesOf(lake)).toEqual(await hashesOf(direct));
  });
  expect((await auditInProcess(lake)).invariants.filter(({ ok }) => !ok)).toEqual([]);
}

const reading = (sequence: number, minute: number, change: Change = {}) =>
  wire({ sequence, seconds: minute * 60 + (sequence % 60), ...change });

describeOn(PRISM, 'the streaming graph on Prism', () => {
  test('early, on-time and late panes bring everything, once', async () => {
    await withFolder(async (lake) => {
      const script = new Script()
        .publish(reading(1, 0), reading(2, 0, { patient: 'P2' }), reading(3, 0, { spo2: 80 }))
        .pause()
        .publish(reading(4, 0), reading(5, 1))
        .watermark(2)
        .publish(reading(6, 0), reading(7, 2))
        .watermark(30)
        .publish(reading(8, 1, { patient: 'P2' }), reading(9, 30));
      const status = await play(lake, script);
      await expectSameAsDirect(lake, script);
      expect(status.feed).toEqual({ messages: 9, ranHere: 0 });
    });
  });

  test('what the runner drops as too late is run by the committer', async () => {
    await withFolder(async (lake) => {
      const script = new Script()
        .publish(reading(1, 0), reading(2, 1))
        .watermark(90)
        .publish(reading(3, 0), reading(4, 90), reading(5, 2, { patient: 'P2', spo2: 70 }));
      const status = await play(lake, script);
      await expectSameAsDirect(lake, script);
      expect(status.feed).toEqual({ messages: 5, ranHere: 2 });
    });
  });

  test('repeats and corrections across panes, refused items and fields come out as on the direct engine', async () => {
    await withFolder(async (lake) => {
      const again = reading(1, 0, { message_id: 'again' });
      const script = new Script()
        .publish(reading(1, 0), again, 'not json', reading(2, 0, { systolic_bp: 400 }), reading(3, 0))
        .pause()
        .publish(
          reading(1, 0, { message_id: 'once more' }),
          reading(3, 0, { heart_rate: 120, sent_time: '2026-11-21T10:00:00Z' }),
        )
        .watermark(3)
        .publish(reading(2, 0, { status: 'entered-in-error' }), reading(3, 0, { heart_rate: 90, status: 'corrected' }))
        .publish('{"patient_id":"P1"}');
      const status = await play(lake, script);
      await expectSameAsDirect(lake, script);
      expect(status.totals).toMatchObject({
        messages: 10,
        received: 10,
        dead_letter: 2,
        suppressed: 2,
        field_rejects: 1,
      });
    });
  });
});
