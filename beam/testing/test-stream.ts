import { step, type PCollection, type Root } from '../index.js';
import { runnerApi, type Pipeline, type RunnerApi } from '../portable/internals.js';
import { internal, sdkRequire, type Coder } from '../sdk-internals.js';

/** An element of a test stream: any value of JSON, with its event time in epoch milliseconds. */
export interface TimestampedElement<T> {
  readonly value: T;
  readonly timestamp: number;
}

/**
 * Beam's TestStream: a source whose elements, watermark and processing time move as a test says. Each call returns a
 * further script; none is changed.
 */
export interface TestStream<T> {
  /** Adds elements at once, as one bundle. One whose window the watermark has passed is late. */
  addElements(...elements: readonly TimestampedElement<T>[]): TestStream<T>;
  /** Moves the watermark to an epoch millisecond: no further element is expected before it. It never moves back. */
  advanceWatermarkTo(epochMillis: number): TestStream<T>;
  /** Lets so many milliseconds of processing time pass, by which triggers of processing time fire. */
  advanceProcessingTime(millis: number): TestStream<T>;
  /** Ends the stream: every window that is still open fires. A stream must end. */
  advanceWatermarkToInfinity(): TestStream<T>;
  /** The stream as the source of a graph. @throws Error when the stream does not end */
  applyTo(root: Root): PCollection<T>;
}

const TEST_STREAM_URN = 'beam:transform:teststream:v1';

/** Beam's greatest timestamp, in milliseconds. */
const MAX_TIMESTAMP = 9_223_372_036_854_775n;

type Event = RunnerApi.TestStreamPayload_Event;
type Change = Event['event'];

/** A test stream without events. */
export function testStream<T>(): TestStream<T> {
  return scripted<T>([]);
}

function scripted<T>(events: readonly Event[]): TestStream<T> {
  const then = (change: Change) =>
    scripted<T>([...events, runnerApi.TestStreamPayload_Event.create({ event: change })]);
  const watermark = (newWatermark: bigint) =>
    then({ oneofKind: 'watermarkEvent', watermarkEvent: { newWatermark, tag: '' } });
  return {
    addElements: (...elements) =>
      then({ oneofKind: 'elementEvent', elementEvent: { elements: elements.map(encoded), tag: '' } }),
    advanceWatermarkTo: (epochMillis) => watermark(BigInt(epochMillis)),
    advanceProcessingTime: (millis) =>
      then({ oneofKind: 'processingTimeEvent', processingTimeEvent: { advanceDuration: BigInt(millis) } }),
    advanceWatermarkToInfinity: () => watermark(MAX_TIMESTAMP),
    applyTo: (root) => {
      const last = events.at(-1)?.event;
      if (last?.oneofKind !== 'watermarkEvent' || last.watermarkEvent.newWatermark !== MAX_TIMESTAMP) {
        throw new Error('beam: a test stream must end with advanceWatermarkToInfinity, or its job never ends');
      }
      return root.apply(step('Test stream', sourceOf(events)) as never) as PCollection<T>;
    },
  };
}

const { GeneralObjectCoder } = internal<{ GeneralObjectCoder: new () => Coder }>('coders/js_coders');
const { Writer } = sdkRequire<{ Writer: new () => Parameters<Coder['encode']>[1] & { finish(): Uint8Array } }>(
  'protobufjs',
);

/** By the coder of every element of this SDK, so that a value is what a worker would have written. */
function encoded({ value, timestamp }: TimestampedElement<unknown>): RunnerApi.TestStreamPayload_TimestampedElement {
  const writer = new Writer();
  new GeneralObjectCoder().encode(value, writer, undefined);
  return { encodedElement: writer.finish(), timestamp: BigInt(timestamp) };
}

/** A primitive transform of the runner: nothing of it is known to a worker. */
function sourceOf(events: readonly Event[]) {
  return (_root: Root, pipeline: Pipeline, transform: RunnerApi.PTransform) => {
    const coderId = pipeline.context.getCoderId(new GeneralObjectCoder() as never);
    const payload = runnerApi.TestStreamPayload.create({ coderId, events: [...events] });
    transform.spec = { urn: TEST_STREAM_URN, payload: runnerApi.TestStreamPayload.toBinary(payload) };
    // Not of any environment: the runner itself runs it.
    transform.environmentId = '';
    return pipeline.createPCollectionInternal(coderId, undefined, runnerApi.IsBounded_Enum.UNBOUNDED);
  };
}
