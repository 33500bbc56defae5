import type * as Beam from 'apache-beam';
import type * as RunnerApi from 'apache-beam/proto/beam_runner_api';
import { createRequire } from 'node:module';
import { restoreLegacyNodeUtil } from './legacy-node-util.js';

/**
 * The parts of apache-beam 2.49.0 that the shim repairs, with the shapes it relies on. They are loaded through one
 * `require`, so that every file of this folder sees the same module instances, what the package's index loads first
 * (loading another inner module first crashes on a circular import).
 */

/** The only release that the repairs were written for and tested with. */
export const SUPPORTED_BEAM_VERSION = '2.49.0';

export interface Writer {
  int64(value: unknown): Writer;
  string(value: string): Writer;
  bytes(value: Uint8Array): Writer;
}

export interface Reader {
  buf: Uint8Array;
  pos: number;
  int64(): { toNumber(): number };
  string(): string;
  bytes(): Uint8Array;
}

export interface Coder {
  encode(element: unknown, writer: Writer, context: unknown): void;
  decode(reader: Reader, context: unknown): unknown;
}

export interface WindowedValue {
  readonly value: unknown;
  readonly windows: readonly unknown[];
  readonly pane: unknown;
  readonly timestamp: unknown;
}

/** What an operator answers: a promise while work is outstanding, null when it is done. */
export type ProcessResult = Promise<void> | null;

export interface Receiver {
  receive(value: WindowedValue): ProcessResult;
}

export interface OperatorContext {
  getReceiver(pcollectionId: string): Receiver;
  readonly getStateProvider: unknown;
  readonly metricsContainer: unknown;
}

export interface TransformProto {
  readonly outputs: Readonly<Record<string, string>>;
  readonly spec: { readonly urn: string; readonly payload: Uint8Array };
}

export interface Operator {
  readonly transformId: string;
  startBundle(): Promise<void>;
  process(value: WindowedValue): ProcessResult;
  finishBundle(): Promise<void>;
}

export interface ParamProvider {
  augmentContext(context: unknown): unknown;
  setCurrentValue(value: WindowedValue | undefined): ProcessResult;
}

interface Operators {
  registerOperatorConstructor(
    urn: string,
    build: (id: string, transform: TransformProto, context: OperatorContext) => Operator,
  ): void;
  ProcessResultBuilder: new () => { add(result: ProcessResult): void; build(): ProcessResult };
}

restoreLegacyNodeUtil();
const require = createRequire(import.meta.url);

/**
 * The package's public face, in the order of its index but without the last part of it: `io` brings the clients of
 * Google's services into every process and worker (a third of a second, 25 MB), and no transform of ours uses it.
 */
export const sdk: typeof Beam = Object.assign(
  {},
  ...['pvalue', 'transforms', 'values', 'runners/index'].map((part) => internal<object>(part)),
);

/** An inner module of the package, with the shape that the caller relies on. */
export function internal<T>(module: string): T {
  return require(`apache-beam/${module}`) as T;
}

const requireAsSdk = createRequire(require.resolve('apache-beam'));

/** A dependency as the SDK itself loads it: instances must be of its very classes. */
export function sdkRequire<T>(module: string): T {
  return requireAsSdk(module) as T;
}

/** Absent in package.json's `exports`, hence read beside the entry point. */
export const installedVersion = internal<{ version: string }>('version').version;

export const standardCoders = internal<{
  VarIntCoder: { prototype: Coder };
  DoubleCoder: { prototype: Coder };
  PaneInfoCoder: { ONE_AND_ONLY_FIRING: unknown };
}>('coders/standard_coders');

export const jsCoders = internal<{
  GeneralObjectCoder: { new (): Coder & { codersByType: { number: object } }; readonly prototype: Coder };
  BsonObjectCoder: { readonly prototype: Coder };
}>('coders/js_coders');

/** The coder of objects inside the default coder. */
export const bson = sdkRequire<{
  serialize(value: object, options?: { minInternalBufferSize: number }): Uint8Array;
  deserialize(bytes: Uint8Array, options: { promoteBuffers: boolean }): object;
  calculateObjectSize(value: object): number;
}>('bson');

export const metrics = internal<{
  MetricsContainer: new () => {
    elementCountMetric(pcollection: string): object;
    getMetric(transform: string, pcollection: string, spec: { name: string; metricType: string }): object;
  };
}>('worker/metrics');

export const operators = internal<Operators>('worker/operators');

export const pardoContext = internal<{
  createSideInputInfo(transform: TransformProto, spec: unknown, context: OperatorContext): unknown;
  ParamProviderImpl: new (
    transformId: string,
    sideInputs: unknown,
    getStateProvider: unknown,
    metricsContainer: unknown,
  ) => ParamProvider;
}>('worker/pardo_context');

export const stateProviders = internal<{
  CachingStateProvider: {
    prototype: { getState(key: unknown, decode: (bytes: Uint8Array) => unknown): unknown };
  };
}>('worker/state');

/** The enumerations of the pipeline's protocol, as values. */
export const runnerEnums =
  internal<
    Pick<
      typeof RunnerApi,
      'AccumulationMode_Enum' | 'ClosingBehavior_Enum' | 'MergeStatus_Enum' | 'OnTimeBehavior_Enum' | 'OutputTime_Enum'
    >
  >('proto/beam_runner_api');

export const runnerApi = internal<{
  ParDoPayload: { fromBinary(bytes: Uint8Array): { doFn: { urn: string; payload: Uint8Array } } };
}>('proto/beam_runner_api');

interface Combining {
  combining(expression: unknown, combiner: unknown, resultName: string): Combining;
}

export const grouping = internal<{ GroupBy: new (key: string) => Combining }>('transforms/group_and_combine');

/** The package's combiners (count, sum, max, min, mean), which its index leaves out. */
export const combiners =
  internal<Readonly<Record<'count' | 'sum' | 'max' | 'min' | 'mean', Beam.CombineFn<never, never, never>>>>(
    'transforms/combiners',
  );

export const urns = internal<Record<string, string>>('internal/urns');

export const serialization = internal<{ deserializeFn(payload: Uint8Array): unknown }>('internal/serialize');

/** An object or function that is serialised by its name. */
export interface KnownObject {
  readonly name: string;
  readonly builtin: unknown;
}

/** Where the package's serialiser finds what travels by name. */
export const knownObjects = sdkRequire<{
  readonly defaultBuiltins: readonly KnownObject[];
  getNameOfBuiltin(value: unknown, list?: readonly KnownObject[]): string | undefined;
  getBuiltinByName(name: string, list?: readonly KnownObject[]): unknown;
}>('serialize-closures/dist/src/builtins');

export const { requireForSerialization } = internal<{
  requireForSerialization(module: string, exports: object): void;
}>('serialization');

export const { GlobalWindow } = internal<{ GlobalWindow: new () => unknown }>('values');

interface LongConstructor {
  fromNumber(value: number): unknown;
  fromValue(value: string): unknown;
  isLong(value: unknown): boolean;
}

/** The very `long` that the SDK loads: its timestamps are instances of that class. */
export const Long = sdkRequire<LongConstructor>('long');

export const { directRunner } = internal<{
  directRunner(options?: object): { run(build: (root: Beam.Root) => unknown): Promise<unknown> };
}>('runners/direct_runner');
