import { globally } from '../../../../beam/globally.js';
import { register } from '../../../../beam/register.js';
import { sdk } from '../../../../beam/sdk-internals.js';
import { step } from '../../../../beam/step.js';
import { clients, type Worker } from '../../../../beam/worker-internals.js';
import { inTime } from '../deadline.js';
import type { Stage } from '../descriptor.js';
import { FakeRunner } from '../fake-runner.js';

let release: () => void = () => {};
let released = Promise.resolve();
let reached: () => void = () => {};

/** From now on the first element of a bundle is held, until `release` is called; resolves when it is there. */
function holdFirst(): Promise<void> {
  released = new Promise((resolve) => (release = resolve));
  return new Promise((resolve) => (reached = resolve));
}

/** Holds the first element of a bundle; at its end tells how many were processed before. */
class HoldFirst {
  seen = 0;
  startBundle(): void {
    this.seen = 0;
  }
  async process(element: number): Promise<number[]> {
    if (element === 0) {
      reached();
      await released;
    }
    this.seen += 1;
    return [element];
  }
  *finishBundle(): Generator<unknown> {
    yield globally(`finished after ${this.seen}`);
  }
}

class Swell {
  *process(parts: number): Generator<string> {
    for (let part = 0; part < parts; part += 1) yield 'x'.repeat(5_000);
  }
}

class FailOnZero {
  *process(element: number): Generator<number> {
    if (element === 0) throw new Error('planted fault');
    yield element;
  }
}

register('test/beam/data', { HoldFirst, Swell, FailOnZero });

const through =
  (name: string, doFn: object): Stage =>
  ({ source }) =>
    source('source').apply(step(name, sdk.parDo(doFn as never))) as ReturnType<typeof source>;

/** Two messages make one bundle; the second and last comes while the first is still being processed. */
export async function endOfInputOvertakes() {
  const held = holdFirst();
  const arrived = messagesArrived(2);
  const runner = await FakeRunner.start(through('Hold', new HoldFirst()));
  runner.startWorker();
  const answered = runner.bundle('b1');
  await runner.send('b1', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], false);
  await held;
  await runner.send('b1', [10], true);
  await arrived;
  release();
  const { error } = await answered;
  const output = await outputOf(runner, 'b1');
  const finish = output.find((value) => typeof value === 'string');
  return { error, finish, complete: output.filter((value) => typeof value === 'number').length === 11 };
}

/** Resolves when the next data stream of a worker has received so many messages. */
function messagesArrived(count: number): Promise<void> {
  return new Promise((resolve) => {
    const client = clients.BeamFnDataClient.prototype;
    const data = client.data;
    client.data = function dataCounted(metadata) {
      client.data = data;
      const stream = data.call(this, metadata);
      let seen = 0;
      stream.on('data', () => {
        seen += 1;
        if (seen === count) resolve();
      });
      return stream;
    };
  });
}

/** Bundles come and go, one of them fails, and a message comes for it when it is over. */
export async function memoryOfEndedBundles() {
  const runner = await FakeRunner.start(through('Fail', new FailOnZero()));
  const worker = runner.startWorker();
  for (let bundle = 1; bundle <= 5; bundle += 1) {
    const answered = runner.bundle(`b${bundle}`);
    await runner.send(`b${bundle}`, [bundle === 5 ? 0 : bundle], true);
    await answered;
  }
  await runner.send('b5', [1, 2, 3], true);
  const last = runner.bundle('b6');
  await runner.send('b6', [1], true);
  const { error } = await last;
  return { error, kept: bundlesKept(worker) };
}

function bundlesKept(worker: Worker): number {
  const [channel] = worker.dataChannels.values();
  const { openBundles, consumers } = channel as unknown as { openBundles?: number; consumers?: Map<string, unknown> };
  return openBundles ?? consumers?.size ?? -1;
}

/** A generator emits 1.1 MB without a pause: more than the sink gathers before it sends. */
export async function outputBeyondOneFlush() {
  const runner = await FakeRunner.start(through('Swell', new Swell()));
  runner.startWorker();
  const answered = runner.bundle('b1');
  await runner.send('b1', [220], true);
  const { error } = await answered;
  return { error, elements: (await outputOf(runner, 'b1')).length };
}

/** One element of 5 MB, beyond gRPC's own limit on a message. */
export async function messageBeyondFourMegabytes() {
  const runner = await FakeRunner.start(({ source }) => source('source').map(step('Length', lengthOf)));
  runner.startWorker();
  const answered = runner.bundle('b1');
  await runner.send('b1', ['x'.repeat(5_000_000)], true);
  const answer = await inTime(answered);
  if (answer === 'no answer') return answer;
  return { error: answer.error, output: await outputOf(runner, 'b1') };
}

function lengthOf(text: unknown): number {
  return (text as string).length;
}

register('test/beam/data-functions', { lengthOf });

/** A runner asks for a split while the first element of ten is being processed: the bundle ends at the split. */
export async function splitUnderWay() {
  const held = holdFirst();
  const runner = await FakeRunner.start(through('Hold', new HoldFirst()));
  runner.startWorker();
  const answered = runner.bundle('b1');
  await runner.send('b1', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], true);
  await held;
  const { sources } = runner.stage;
  const estimate = { fractionOfRemainder: 0.5, allowedSplitPoints: [], estimatedInputElements: 10n };
  const desiredSplits = { [sources.get('source')?.id ?? '']: estimate };
  const processBundleSplit = { instructionId: 'b1', desiredSplits };
  const split = await runner.instruct('split', { oneofKind: 'processBundleSplit', processBundleSplit });
  release();
  const { error } = await answered;
  const channelSplit =
    split.response.oneofKind === 'processBundleSplit' ? split.response.processBundleSplit.channelSplits[0] : undefined;
  const output = await outputOf(runner, 'b1');
  return { error, firstResidual: Number(channelSplit?.firstResidualElement), output };
}

/** The worker writes its output before its answer, on another stream: the end of the output is awaited here. */
export async function outputOf(runner: FakeRunner, bundle: string): Promise<unknown[]> {
  await runner.outputEnd(bundle);
  return runner.output(bundle);
}
