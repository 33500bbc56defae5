import type * as grpc from '@grpc/grpc-js';
import type {
  Elements,
  InstructionRequest,
  InstructionResponse,
  StateRequest,
  StateResponse,
} from 'apache-beam/proto/beam_fn_api';
import {
  internal,
  sdkRequire,
  type Coder,
  type Operator,
  type OperatorContext,
  type Reader as CodedReader,
  type TransformProto,
  type Writer as CodedWriter,
} from './sdk-internals.js';

/**
 * The worker of apache-beam 2.49.0: the parts of the Fn API harness that the shim repairs, with the shapes it relies on.
 * https://github.com/apache/beam/blob/v2.49.0/model/fn-execution has the protocol.
 */

/** What the data channel hands the elements of one transform of one bundle to. */
export interface DataConsumer {
  sendData(data: Uint8Array): Promise<void>;
  sendTimers(family: string, timers: Uint8Array): Promise<void>;
  close(): void;
  onError(error: unknown): void;
}

/** The face of a data channel that the operators use. */
export interface DataChannelFace {
  registerConsumer(bundleId: string, transformId: string, consumer: DataConsumer): Promise<void>;
  unregisterConsumer(bundleId: string, transformId: string): void;
  getSendChannel(bundleId: string, transformId: string): DataConsumer;
  close(): void;
}

export type InstructionStream = grpc.ClientDuplexStream<InstructionResponse, InstructionRequest>;

export interface BundleProcessor {
  readonly descriptor: { readonly id: string };
  readonly topologicallyOrderedOperators: readonly (Operator & {
    readonly multiplexingDataChannel?: DataChannelFace;
  })[];
  process(instructionId: string): Promise<void>;
}

export interface Worker {
  readonly id: string;
  readonly endpoints: { readonly controlUrl: string };
  readonly controlChannel: InstructionStream;
  readonly activeBundleProcessors: ReadonlyMap<string, BundleProcessor>;
  readonly dataChannels: Map<string, DataChannelFace>;
  readonly stateChannels: Map<string, StateChannel>;
  readonly metricsShortIdCache: { asMonitoringInfo(id: string): MonitoringInfo | undefined };
  wait(): Promise<void>;
  stop(): void;
  handleRequest(request: InstructionRequest): Promise<unknown>;
  progress(request: InstructionRequest): Promise<InstructionResponse>;
  split(request: InstructionRequest): Promise<InstructionResponse>;
  getDataChannel(url: string): DataChannelFace;
  getStateChannel(url: string): StateChannel;
}

/** A metric's name and labels, without its value: the worker only passes it on. */
export type MonitoringInfo = Extract<
  InstructionResponse['response'],
  { oneofKind: 'monitoringInfos' }
>['monitoringInfos']['monitoringInfo'][string];

export interface StateChannel {
  stateClient: grpc.Client;
  stateChannel: grpc.ClientDuplexStream<StateRequest, StateResponse>;
  readonly callbacks: Map<string, (response: StateResponse | Record<string, never>) => void>;
  error?: unknown;
  closed?: boolean;
  close(): void;
}

interface ClientConstructor<Client> {
  new (url: string, credentials: grpc.ChannelCredentials, options?: object, binaryOptions?: object): Client;
  readonly prototype: Client;
}

export interface ControlClient extends grpc.Client {
  control(metadata: grpc.Metadata, options?: object): InstructionStream;
  getProcessBundleDescriptor(request: object, ...rest: unknown[]): unknown;
}

export interface DataClient extends grpc.Client {
  data(metadata: grpc.Metadata): grpc.ClientDuplexStream<Elements, Elements>;
}

export interface StateClient extends grpc.Client {
  state(metadata: grpc.Metadata): grpc.ClientDuplexStream<StateRequest, StateResponse>;
}

export const clients = internal<{
  BeamFnControlClient: ClientConstructor<ControlClient>;
  BeamFnDataClient: ClientConstructor<DataClient>;
  BeamFnStateClient: ClientConstructor<StateClient>;
}>('proto/beam_fn_api.grpc-client');

export const worker = internal<{
  Worker: { new (id: string, endpoints: { controlUrl: string }, options?: object): Worker; readonly prototype: Worker };
  BundleProcessor: { readonly prototype: BundleProcessor };
}>('worker/worker');

export const { DataSourceOperator } = internal<{
  DataSourceOperator: { readonly prototype: { startBundle(): Promise<void>; readonly endOfData: Promise<void> } };
}>('worker/operators');

export const { MultiplexingStateChannel } = internal<{
  MultiplexingStateChannel: { new (url: string, workerId: string): StateChannel; readonly prototype: StateChannel };
}>('worker/state');

export const { RemoteGrpcPort } = internal<{
  RemoteGrpcPort: { fromBinary(bytes: Uint8Array): { apiServiceDescriptor?: { url: string }; coderId: string } };
}>('proto/beam_fn_api');

/** The gRPC library that the SDK itself loads: metadata and credentials must be of its classes. */
export const grpcOfSdk = sdkRequire<typeof grpc>('@grpc/grpc-js');

/** The context in which elements are coded on the data channel. */
export const NEEDS_DELIMITERS = 'needsDelimiters';

export interface BufferWriter extends CodedWriter {
  readonly len: number;
  finish(): Uint8Array;
}

export const { Writer, Reader } = sdkRequire<{
  Writer: new () => BufferWriter;
  Reader: { create(bytes: Uint8Array): CodedReader };
}>('protobufjs');

/** What a sink or a source of a bundle finds in its context, beyond what other operators need. */
export interface PortContext extends OperatorContext {
  getDataChannel(url: string): DataChannelFace;
  getBundleId(): string;
  readonly pipelineContext: { getCoder(id: string): Coder };
}

export type { TransformProto };
