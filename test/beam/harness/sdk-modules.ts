import type { ServiceDefinition } from '@grpc/grpc-js';
import type { Root } from 'apache-beam';
import type * as FnApi from 'apache-beam/proto/beam_fn_api';
import type * as RunnerApi from 'apache-beam/proto/beam_runner_api';
import { internal, type Coder } from '../../../beam/sdk-internals.js';

/** Inner modules of apache-beam that the fake runner builds descriptors and codes elements with. */

export const fnApi = internal<typeof FnApi>('proto/beam_fn_api');
export const runnerApi = internal<typeof RunnerApi>('proto/beam_runner_api');

export interface PipelineBuilder {
  readonly context: { getCoderId(coder: unknown): string; getCoder(id: string): Coder };
  getProto(): RunnerApi.Pipeline;
  createPCollectionInternal(coder: unknown): { getId(): string };
}

export const { Pipeline } = internal<{ Pipeline: new () => PipelineBuilder }>('internal/pipeline');
export const pvalue = internal<{ Root: new (pipeline: PipelineBuilder) => Root }>('pvalue');

export const required = internal<{
  FullWindowedValueCoder: new (element: unknown, window: unknown) => Coder;
  GlobalWindowCoder: new () => object;
  BytesCoder: new () => Coder;
}>('coders/required_coders');

export const { GeneralObjectCoder } = internal<{ GeneralObjectCoder: new () => Coder }>('coders/js_coders');
export const services = internal<Record<string, ServiceDefinition>>('proto/beam_fn_api.grpc-server');
