import type { InstructionResponse } from 'apache-beam/proto/beam_fn_api';
import type * as Protobuf from 'protobufjs';
import { runOnDirectRunner } from '../../../../beam/direct-runner.js';
import { register } from '../../../../beam/register.js';
import { Long, sdk, sdkRequire } from '../../../../beam/sdk-internals.js';
import { step } from '../../../../beam/step.js';
import type { Stage } from '../descriptor.js';
import { encodeElements, FakeRunner } from '../fake-runner.js';
import { GeneralObjectCoder } from '../sdk-modules.js';
import { outputOf } from './data.js';

const { Reader } = sdkRequire<typeof Protobuf>('protobufjs');

class Count {
  *process(element: unknown, context: { elements: { increment(by: number): void } }): Generator<unknown> {
    context.elements.increment(1);
    yield element;
  }
}

class Twice {
  async process(element: number): Promise<number[]> {
    await Promise.resolve();
    return [element, element * 10];
  }
}

class Spread {
  *process(count: number): Generator<number> {
    for (let element = 1; element <= count; element += 1) yield element;
  }
}

class TellTimestamp {
  async process(element: number, context: { at: { lookup(): { toNumber(): number } } }): Promise<object[]> {
    await new Promise((resolve) => setImmediate(resolve));
    return [{ element, at: context.at.lookup().toNumber() }];
  }
}

class Note {
  *process(value: number, context: { values: { update(value: number): void } }): Generator<number> {
    context.values.update(value);
    yield value;
  }
}

function atItself(element: number): unknown {
  return Long.fromNumber(element);
}

class ReadSideTwice {
  *process(element: number, context: { side: { lookup(): Iterable<number> } }): Generator<unknown> {
    yield { element, first: [...context.side.lookup()], second: [...context.side.lookup()] };
  }
}

let noted = 0;

class NoteLater {
  async process(): Promise<number[]> {
    await new Promise((resolve) => setTimeout(resolve, 20));
    noted += 1;
    return [];
  }
}

register('test/beam/dofns', { Count, Twice, Spread, TellTimestamp, Note, atItself, ReadSideTwice, NoteLater });

/** A counter over two bundles of three elements each: what the worker reports with each. */
export async function countersOfTwoBundles() {
  const context = { elements: sdk.counter('elements') };
  const runner = await FakeRunner.start(({ source }) => {
    const counting = sdk.parDo(new Count() as never, context as never);
    return source('source').apply(step('Count', counting)) as ReturnType<typeof source>;
  });
  runner.startWorker();
  const counts: (number | undefined)[] = [];
  for (const bundle of ['b1', 'b2']) {
    const answered = runner.bundle(bundle);
    await runner.send(bundle, [1, 2, 3], true);
    counts.push(userCounter(await answered));
  }
  return { counts };
}

function userCounter(answer: InstructionResponse): number | undefined {
  const payload = metricOf(answer, 'elements');
  return payload && Number(Reader.create(payload).int64());
}

function metricOf({ response }: InstructionResponse, name: string): Uint8Array | undefined {
  if (response.oneofKind !== 'processBundle') return undefined;
  return response.processBundle.monitoringInfos.find(({ labels }) => labels['NAME'] === name)?.payload;
}

/** A distribution of 5, 7 and 2^33, read as a runner does: four varints. */
export async function distributionOfThree() {
  const context = { values: sdk.distribution('values') };
  const runner = await FakeRunner.start(({ source }) => {
    const noting = sdk.parDo(new Note() as never, context as never);
    return source('source').apply(step('Note', noting)) as ReturnType<typeof source>;
  });
  runner.startWorker();
  const answered = runner.bundle('b1');
  await runner.send('b1', [5, 7, 2 ** 33], true);
  const reader = Reader.create(metricOf(await answered, 'values') ?? new Uint8Array());
  const figures: number[] = [];
  while (figures.length < 4) figures.push(Number(reader.int64()));
  return { figures, left: reader.len - reader.pos };
}

/** An asynchronous DoFn asks for its element's timestamp after an await, while its siblings are under way. */
export async function timestampAfterAnAwait() {
  const context = { at: sdk.timestampParam() };
  const runner = await FakeRunner.start(({ source }) => {
    const telling = sdk.parDo(new TellTimestamp() as never, context as never);
    return source('source')
      .apply(step('Spread', sdk.parDo(new Spread() as never)))
      .apply(step('Times', sdk.assignTimestamps(atItself as never)))
      .apply(step('Tell', telling)) as ReturnType<typeof source>;
  });
  runner.startWorker();
  const answered = runner.bundle('b1');
  await runner.send('b1', [3], true);
  const { error } = await answered;
  return { error: error.slice(0, 40), output: error ? [] : await outputOf(runner, 'b1') };
}

/** An asynchronous `process` on the worker. */
export async function asynchronousProcess() {
  const runner = await FakeRunner.start(({ source }) => {
    return source('source').apply(step('Twice', sdk.parDo(new Twice() as never))) as ReturnType<typeof source>;
  });
  runner.startWorker();
  const answered = runner.bundle('b1');
  await runner.send('b1', [1, 2], true);
  const { error } = await answered;
  return { error, output: error ? [] : await outputOf(runner, 'b1') };
}

/** An iterable side input, read twice for each of two elements. */
export async function sideInputReadTwice() {
  const runner = await FakeRunner.start(readingSideInput, {
    sideInput: () => encodeElements(new GeneralObjectCoder(), [10, 20]),
  });
  runner.startWorker();
  const answered = runner.bundle('b1');
  await runner.send('b1', [1, 2], true);
  const { error } = await answered;
  return { error, output: error ? [] : await outputOf(runner, 'b1') };
}

export const readingSideInput: Stage = ({ root, source }) => {
  const side = root.apply(step('Side', sdk.create([10, 20], false)));
  const context = { side: sdk.iterableSideInput(side) };
  const reading = sdk.parDo(new ReadSideTwice() as never, context as never);
  return source('source').apply(step('Read', reading)) as ReturnType<typeof source>;
};

/** An asynchronous read straight after the impulse, on the DirectRunner. */
export async function asynchronousRead() {
  noted = 0;
  await runOnDirectRunner((root) => {
    root.apply(sdk.impulse()).apply(step('Note', sdk.parDo(new NoteLater() as never)));
  });
  return { done: noted };
}
