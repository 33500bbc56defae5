import {
  operators,
  pardoContext,
  type Operator,
  type OperatorContext,
  type ParamProvider,
  type ProcessResult,
  type Receiver,
  type TransformProto,
  type WindowedValue,
} from './sdk-internals.js';

/** A DoFn as a user writes it. */
export interface DoFn {
  startBundle?(context: unknown): unknown;
  process(element: unknown, context: unknown): unknown;
  finishBundle?(context: unknown): Iterable<WindowedValue> | AsyncIterable<WindowedValue> | undefined;
}

/**
 * Runs a DoFn whose `startBundle` and `process` may be asynchronous. Its elements are processed one at a time and in
 * order, so that window, timestamp and side inputs stay those of the element that is under way; a synchronous DoFn costs
 * what it did.
 */
export class AwaitingParDo implements Operator {
  readonly #sideInputs: unknown;
  #params: ParamProvider | undefined;
  #context: unknown;
  /** The element that is under way, if it is asynchronous: window, timestamp and side inputs are of one element. */
  #underWay: Promise<void> | null = null;

  constructor(
    readonly transformId: string,
    private readonly receiver: Receiver,
    private readonly doFn: DoFn,
    private readonly original: unknown,
    transform: TransformProto,
    spec: unknown,
    private readonly operator: OperatorContext,
  ) {
    this.#sideInputs = pardoContext.createSideInputInfo(transform, spec, operator);
  }

  async startBundle(): Promise<void> {
    const { getStateProvider, metricsContainer } = this.operator;
    this.#params = new pardoContext.ParamProviderImpl(
      this.transformId,
      this.#sideInputs,
      getStateProvider,
      metricsContainer,
    );
    this.#context = this.#params.augmentContext(this.original);
    this.#underWay = null;
    await this.doFn.startBundle?.(this.#context);
  }

  process(value: WindowedValue): ProcessResult {
    if (this.#context && value.windows.length !== 1) {
      const result = new operators.ProcessResultBuilder();
      for (const window of value.windows) result.add(this.process({ ...value, windows: [window] }));
      return result.build();
    }
    const before = this.#underWay;
    if (before === null) return this.#track(this.#processOne(value));
    return this.#track(before.then(() => this.#processOne(value) ?? undefined));
  }

  /** Makes the next element wait for this one. */
  #track(result: ProcessResult): ProcessResult {
    if (result === null) return null;
    this.#underWay = result;
    const done = () => {
      if (this.#underWay === result) this.#underWay = null;
    };
    result.then(done, done);
    return result;
  }

  #processOne(value: WindowedValue): ProcessResult {
    const ready = this.#params?.setCurrentValue(value) ?? null;
    if (ready === null) return this.#run(value);
    return ready.then(async () => {
      this.#params?.setCurrentValue(value);
      await this.#run(value);
    });
  }

  async finishBundle(): Promise<void> {
    const outputs = this.doFn.finishBundle?.(this.#context);
    if (!outputs) return;
    for await (const output of outputs) await this.receiver.receive(output);
  }

  #run(value: WindowedValue): ProcessResult {
    const outputs = this.doFn.process(value.value, this.#context);
    if (!outputs) return null;
    if (isThenable(outputs))
      return outputs.then((settled) => this.#emit(settled as Iterable<unknown>, value) ?? undefined);
    if (isAsyncIterable(outputs)) return this.#drain(outputs, value);
    return this.#emit(outputs as Iterable<unknown>, value);
  }

  async #drain(outputs: AsyncIterable<unknown>, value: WindowedValue): Promise<void> {
    for await (const output of outputs) await this.receiver.receive({ ...value, value: output });
  }

  #emit(outputs: Iterable<unknown> | undefined, value: WindowedValue): ProcessResult {
    const result = new operators.ProcessResultBuilder();
    for (const output of outputs ?? []) {
      const { windows, pane, timestamp } = value;
      result.add(this.receiver.receive({ value: output, windows, pane, timestamp }));
    }
    this.#params?.setCurrentValue(undefined);
    return result.build();
  }
}

function isThenable(value: unknown): value is Promise<unknown> {
  return typeof (value as { then?: unknown }).then === 'function';
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
