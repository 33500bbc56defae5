import type { PCollection, Root } from 'apache-beam';
import type { ProcessBundleDescriptor } from 'apache-beam/proto/beam_fn_api';
import { step } from '../../../beam/step.js';
import type { Coder } from '../../../beam/sdk-internals.js';
import {
  fnApi,
  GeneralObjectCoder,
  Pipeline,
  pvalue,
  required,
  runnerApi,
  type PipelineBuilder,
} from './sdk-modules.js';

/** Where a stage begins: `source` makes a collection that the fake runner feeds, by name. */
export interface StageInputs {
  readonly root: Root;
  source(name: string, coder?: unknown): PCollection<unknown>;
}

/** Builds one stage; what it returns is sent back to the runner. */
export type Stage = (inputs: StageInputs) => PCollection<unknown> | undefined;

export interface DescribedStage {
  readonly descriptor: ProcessBundleDescriptor;
  /** Transform ids of the sources by name, with the coders of their messages. */
  readonly sources: ReadonlyMap<string, { readonly id: string; readonly coder: Coder }>;
  /** Of the messages that come back. */
  readonly sinkCoder: Coder;
  readonly coderOf: (pcollection: string) => Coder;
}

const SOURCE = 'beam:runner:source:v1';
const SINK = 'beam:runner:sink:v1';
const GROUP_BY_KEY = 'beam:transform:group_by_key:v1';

/**
 * The descriptor that a runner would send for a stage: its sources and its sink are ports on the runner's address.
 * A GroupByKey in the stage becomes a source too, named `groups`: a runner begins a new stage there.
 */
export function describeStage(stage: Stage, url: string): DescribedStage {
  const pipeline = new Pipeline();
  const root = new pvalue.Root(pipeline);
  const source = (name: string, coder: unknown = new GeneralObjectCoder()): PCollection<unknown> => {
    const expand = (_input: unknown, builder: PipelineBuilder, transform: { spec?: object }) => {
      transform.spec = { urn: SOURCE, payload: new Uint8Array() };
      return builder.createPCollectionInternal(coder);
    };
    return root.apply(step(name, expand) as never) as PCollection<unknown>;
  };
  const out = stage({ root, source });
  const { components } = pipeline.getProto();
  if (!components) throw new Error('the pipeline has no components');

  const elementCoder = (id: string) => pipeline.context.getCoder(components.pcollections[id]?.coderId ?? '');
  const port = (pcollection: string) => ({
    payload: fnApi.RemoteGrpcPort.toBinary({
      apiServiceDescriptor: { url },
      coderId: pipeline.context.getCoderId(windowedCoder(elementCoder(pcollection))),
    } as never),
    coder: windowedCoder(elementCoder(pcollection)),
  });

  const sources = new Map<string, { id: string; coder: Coder }>();
  for (const [id, transform] of Object.entries(components.transforms)) {
    const urn = transform.spec?.urn;
    if (urn !== SOURCE && urn !== GROUP_BY_KEY) continue;
    const { payload, coder } = port(Object.values(transform.outputs)[0] ?? '');
    transform.spec = { urn: SOURCE, payload };
    if (urn === GROUP_BY_KEY) transform.inputs = {};
    sources.set(urn === GROUP_BY_KEY ? 'groups' : transform.uniqueName, { id, coder });
  }
  let sinkCoder = windowedCoder(new GeneralObjectCoder());
  if (out) {
    const { payload, coder } = port((out as unknown as { getId(): string }).getId());
    sinkCoder = coder;
    const inputs = { in: (out as unknown as { getId(): string }).getId() };
    components.transforms['sink'] = runnerApi.PTransform.create({
      uniqueName: 'sink',
      spec: { urn: SINK, payload },
      inputs,
    });
  }
  const { transforms, pcollections, windowingStrategies, coders, environments } = components;
  const state = { url } as never;
  const descriptor = fnApi.ProcessBundleDescriptor.create({
    ...{ id: 'stage', transforms, pcollections, windowingStrategies, coders, environments },
    stateApiServiceDescriptor: state,
  });
  return { descriptor, sources, sinkCoder, coderOf: elementCoder };
}

function windowedCoder(element: Coder): Coder {
  return new required.FullWindowedValueCoder(element, new required.GlobalWindowCoder());
}
