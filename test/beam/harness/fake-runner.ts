import type * as Protobuf from 'protobufjs';
import type { Metadata, ServerDuplexStream, ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import type {
  Elements,
  InstructionRequest,
  InstructionResponse,
  ProcessBundleDescriptor,
  StateRequest,
  StateResponse,
} from 'apache-beam/proto/beam_fn_api';
import { globally } from '../../../beam/globally.js';
import { sdkRequire, type Coder, type WindowedValue } from '../../../beam/sdk-internals.js';
import { ANY_MESSAGE_SIZE } from '../../../beam/data-channel.js';
import { grpcOfSdk, NEEDS_DELIMITERS, worker, type Worker } from '../../../beam/worker-internals.js';
import { describeStage, type DescribedStage, type Stage } from './descriptor.js';
import { services } from './sdk-modules.js';

const { Reader, Writer } = sdkRequire<typeof Protobuf>('protobufjs');

/** One data message from the worker. */
export interface Received {
  readonly bundle: string;
  readonly data: Uint8Array;
  readonly isLast: boolean;
}

interface Options {
  /** Refuse calls without the worker's id, as a runner does that serves all workers on one port. */
  readonly demandWorkerId?: boolean;
  /** The elements of every side input, coded; `break` breaks the stream in place of an answer. */
  readonly sideInput?: () => Uint8Array | 'break';
}

/**
 * A runner of one stage for the SDK's real worker: control, data and state services on loopback. It sends what its
 * caller says, in the order and the messages that the caller chooses, and records what the worker answers.
 */
export class FakeRunner {
  readonly received: Received[] = [];
  readonly #answers = new Map<string, (response: InstructionResponse) => void>();
  readonly #control = deferred<ServerDuplexStream<InstructionResponse, InstructionRequest>>();
  readonly #data = deferred<ServerDuplexStream<Elements, Elements>>();
  readonly #server = new grpcOfSdk.Server(ANY_MESSAGE_SIZE);
  #stage: DescribedStage | undefined;
  #onOutput: () => void = () => {};

  private constructor(private readonly options: Options) {}

  static async start(stage: Stage, options: Options = {}): Promise<FakeRunner> {
    const runner = new FakeRunner(options);
    runner.#serve();
    const credentials = grpcOfSdk.ServerCredentials.createInsecure();
    const port = await new Promise<number>((resolve, reject) => {
      runner.#server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
    });
    runner.url = `127.0.0.1:${port}`;
    runner.#stage = describeStage(stage, runner.url);
    return runner;
  }

  url = '';

  startWorker(id = 'worker-1'): Worker {
    return new worker.Worker(id, { controlUrl: this.url }, {});
  }

  /** Starts a bundle; resolves with the worker's answer, when it has processed every source to its end. */
  async bundle(id: string): Promise<InstructionResponse> {
    const processBundle = { processBundleDescriptorId: 'stage', cacheTokens: [] };
    return this.instruct(id, { oneofKind: 'processBundle', processBundle } as never);
  }

  async instruct(id: string, request: InstructionRequest['request']): Promise<InstructionResponse> {
    const control = await this.#control.promise;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      control.write({ instructionId: id, request } as InstructionRequest);
    });
  }

  /** Sends one data message for a source of a bundle. */
  async send(bundle: string, values: Iterable<unknown>, isLast: boolean, source = 'source'): Promise<void> {
    const { id, coder } = this.#source(source);
    await this.sendBytes(bundle, this.encode(coder, values), isLast, id);
  }

  /** Elements in the global window, one after the other as in a data message. */
  encode(coder: Coder, values: Iterable<unknown>): Uint8Array {
    return encodeElements(coder, Array.from(values, globally));
  }

  async sendBytes(bundle: string, data: Uint8Array, isLast: boolean, transformId: string): Promise<void> {
    const stream = await this.#data.promise;
    stream.write({ data: [{ instructionId: bundle, transformId, data, isLast }], timers: [] });
  }

  get stage(): DescribedStage {
    if (!this.#stage) throw new Error('the stage is described when the runner has started');
    return this.#stage;
  }

  /** Resolves when a bundle has sent the end of its output. */
  async outputEnd(bundle: string): Promise<void> {
    while (!this.received.some((message) => message.bundle === bundle && message.isLast)) {
      await new Promise<void>((resolve) => (this.#onOutput = resolve));
    }
  }

  /** Everything that a bundle sent back, in order. */
  output(bundle: string): unknown[] {
    const coder = this.stage.sinkCoder;
    const values: unknown[] = [];
    for (const { data } of this.received.filter((message) => message.bundle === bundle)) {
      const reader = new Reader(data);
      while (reader.pos < reader.len) {
        values.push((coder.decode(reader as never, NEEDS_DELIMITERS) as WindowedValue).value);
      }
    }
    return values;
  }

  /** Ends the control stream in order. */
  async endControl(): Promise<void> {
    (await this.#control.promise).end();
  }

  /** Ends every stream as a runner that is killed would. */
  kill(): void {
    this.#server.forceShutdown();
  }

  #source(name: string): { readonly id: string; readonly coder: Coder } {
    const source = this.stage.sources.get(name);
    if (!source) throw new Error(`the stage has no source ${name}`);
    return source;
  }

  #serve(): void {
    this.#server.addService(services['beamFnControlDefinition'] as never, {
      control: (call: ServerDuplexStream<InstructionResponse, InstructionRequest>) => {
        call.on('error', () => {});
        call.on('data', (response: InstructionResponse) => this.#answers.get(response.instructionId)?.(response));
        this.#control.resolve(call);
      },
      getProcessBundleDescriptor: (
        call: ServerUnaryCall<object, ProcessBundleDescriptor>,
        answer: sendUnaryData<ProcessBundleDescriptor>,
      ) => {
        if (this.options.demandWorkerId && !hasWorkerId(call.metadata)) {
          answer({ code: grpcOfSdk.status.INVALID_ARGUMENT, details: 'worker_id is missing' });
        } else answer(null, this.#stage?.descriptor);
      },
    });
    this.#server.addService(services['beamFnDataDefinition'] as never, {
      data: (call: ServerDuplexStream<Elements, Elements>) => {
        call.on('error', () => {});
        call.on('data', ({ data }: Elements) => {
          for (const part of data) {
            this.received.push({ bundle: part.instructionId, data: part.data, isLast: part.isLast });
          }
          this.#onOutput();
        });
        this.#data.resolve(call);
      },
    });
    this.#server.addService(services['beamFnStateDefinition'] as never, {
      state: (call: ServerDuplexStream<StateRequest, StateResponse>) => {
        call.on('error', () => {});
        call.on('data', ({ id }: StateRequest) => {
          const data = this.options.sideInput?.() ?? 'break';
          if (data === 'break') {
            call.emit('error', { code: grpcOfSdk.status.UNAVAILABLE, details: 'broken on purpose' });
          } else {
            const get = { data, continuationToken: new Uint8Array() };
            call.write({ id, error: '', response: { oneofKind: 'get', get } });
          }
        });
      },
    });
  }
}

/** Bare elements one after the other, as in the answer to a read of state. */
export function encodeElements(coder: Coder, values: Iterable<unknown>): Uint8Array {
  const writer = new Writer();
  for (const value of values) coder.encode(value, writer as never, NEEDS_DELIMITERS);
  return writer.finish();
}

function hasWorkerId(metadata: Metadata): boolean {
  return metadata.get('worker_id').length > 0;
}

function deferred<T>(): { promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}
