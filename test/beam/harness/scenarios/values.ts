import { register } from '../../../../beam/register.js';
import { internal, sdk, sdkRequire, type Coder, type KnownObject } from '../../../../beam/sdk-internals.js';
import { step } from '../../../../beam/step.js';
import type { Stage } from '../descriptor.js';
import { FakeRunner } from '../fake-runner.js';
import { outputOf } from './data.js';

/** 2026-11-18 in epoch milliseconds: beyond 2^31. */
const MILLIS = 1_795_000_000_123;

const { RowCoder } = internal<{ RowCoder: { fromJSON(example: object): object } }>('coders/row_coder');
const { DoubleCoder } = internal<{ DoubleCoder: new () => object }>('coders/standard_coders');

class Pass {
  *process(element: unknown): Generator<unknown> {
    yield element;
  }
}

register('test/beam/values', { Pass });

function passing(coder?: object): Stage {
  return ({ source }) => {
    return source('source', coder).apply(step('Pass', sdk.parDo(new Pass() as never))) as ReturnType<typeof source>;
  };
}

async function roundTrip(values: readonly unknown[], coder?: object): Promise<unknown[]> {
  const runner = await FakeRunner.start(passing(coder));
  runner.startWorker();
  const answered = runner.bundle('b1');
  await runner.send('b1', values, true);
  const { error } = await answered;
  if (error) throw new Error(error);
  return outputOf(runner, 'b1');
}

/** Epoch milliseconds as a bare element and as an INT64 field of a row. */
export async function epochMilliseconds() {
  const [row] = await roundTrip([{ at: MILLIS }], RowCoder.fromJSON({ at: 0 }));
  const [bare] = await roundTrip([MILLIS]);
  return { bare, row };
}

/** Bare numbers that are no integers, as text, because JSON has none of them. */
export async function unusualNumbers() {
  const values = await roundTrip([NaN, Infinity, -Infinity, -0, 1.5, 7]);
  return values.map((value) => (Object.is(value, -0) ? '-0' : String(value)));
}

/** How often the whole message is copied while its hundred doubles are decoded. */
export async function hundredDoubles() {
  const values = Array.from({ length: 100 }, (_, index) => index / 8);
  const runner = await FakeRunner.start(passing(new DoubleCoder()));
  runner.startWorker();
  const { id, coder } = runner.stage.sources.get('source') as { id: string; coder: Coder };
  const message = runner.encode(coder, values);
  let copies = 0;
  const Bytes = globalThis.Uint8Array;
  globalThis.Uint8Array = new Proxy(Bytes, {
    construct(target, args: [], newTarget) {
      const made = Reflect.construct(target, args, newTarget) as Uint8Array;
      if (made.length === message.length) copies += 1;
      return made;
    },
  });
  const answered = runner.bundle('b1');
  await runner.sendBytes('b1', message, true, id);
  const { error } = await answered;
  globalThis.Uint8Array = Bytes;
  return { error, copies };
}

/** Bytes bare, in an object and in a list. */
export async function bytesOfAllKinds() {
  const bytes = Uint8Array.of(1, 2, 255);
  const [bare, object, list] = (await roundTrip([bytes, { bytes }, [bytes]])) as [
    unknown,
    { bytes: unknown },
    unknown[],
  ];
  return [bare, object.bytes, list[0]].map((value) => (value instanceof Uint8Array ? [...value] : 'no bytes'));
}

/** An object of 18 MB, beyond the buffer of BSON. */
export async function objectBeyondTheBuffer() {
  const [object] = (await roundTrip([{ text: 'x'.repeat(18_000_000) }])) as { text: string }[];
  return { characters: object?.text.length, intact: /^x*$/.test(object?.text ?? '?') };
}

/** How often known objects are looked at to send a hundred of them, and to read them back. */
export async function hundredKnownObjects() {
  const { serialize, deserialize } = sdkRequire<{
    serialize(value: unknown, known: readonly KnownObject[]): object;
    deserialize(value: object, known: readonly KnownObject[]): unknown;
  }>('serialize-closures');
  let looks = 0;
  const known = Array.from({ length: 500 }, (_, index) => {
    const object = { index };
    return {
      name: `known ${index}`,
      get builtin() {
        looks += 1;
        return object;
      },
    };
  });
  const sent = known.slice(400).map(({ builtin }) => builtin);
  looks = 0;
  const back = deserialize(serialize(sent, known), known) as typeof sent;
  return {
    same: back.every((object, index) => object === sent[index]),
    looks: looks <= 500 ? 'each once' : 'each often',
  };
}
