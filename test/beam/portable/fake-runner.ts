import { fnApi, grpc, struct, type FnApi, type Grpc } from '../../../beam/portable/internals.js';
import { internal } from '../../../beam/sdk-internals.js';
import type * as FnApiServer from 'apache-beam/proto/beam_fn_api.grpc-server';
import type * as ProvisionServer from 'apache-beam/proto/beam_provision_api.grpc-server';
import type * as ProvisionApi from 'apache-beam/proto/beam_provision_api';
import { listen } from './fake-job-service.js';

const { beamFnControlDefinition, beamFnLoggingDefinition } = internal<typeof FnApiServer>(
  'proto/beam_fn_api.grpc-server',
);
const { provisionServiceDefinition } = internal<typeof ProvisionServer>('proto/beam_provision_api.grpc-server');
const { ProvisionInfo } = internal<typeof ProvisionApi>('proto/beam_provision_api');

/** The end of a runner that workers connect to: control, logging and provision on one port. */
export interface FakeRunner {
  readonly endpoint: string;
  /** Resolves when workers of all these ids have opened their control streams. */
  connected(...ids: string[]): Promise<void>;
  ids(): readonly string[];
  logs(): readonly string[];
  /** Ends every control stream in order. */
  endControl(): void;
  close(): void;
}

export interface ProvisionAnswer {
  readonly pipelineOptions?: unknown;
  readonly siblings?: readonly string[];
}

/** Serves the Fn API to workers, and gives them no work. */
export async function serveFakeRunner(answer: ProvisionAnswer = {}): Promise<FakeRunner> {
  const streams = new Map<string, Grpc.ServerDuplexStream<FnApi.InstructionResponse, FnApi.InstructionRequest>>();
  const waiting: { ids: readonly string[]; resolve: () => void }[] = [];
  const logs: string[] = [];
  let endpoint = '';
  const server = new grpc.Server();
  server.addService(beamFnControlDefinition, {
    control: (call: Grpc.ServerDuplexStream<FnApi.InstructionResponse, FnApi.InstructionRequest>) => {
      streams.set(String(call.metadata.get('worker_id')[0]), call);
      call.on('data', () => {});
      call.on('error', () => {});
      call.on('end', () => call.end());
      for (const { ids, resolve } of waiting) if (ids.every((id) => streams.has(id))) resolve();
    },
    getProcessBundleDescriptor: (_call: unknown, callback: Grpc.sendUnaryData<FnApi.ProcessBundleDescriptor>) =>
      callback(null, fnApi.ProcessBundleDescriptor.create()),
  });
  server.addService(beamFnLoggingDefinition, {
    logging: (call: Grpc.ServerDuplexStream<FnApi.LogEntry_List, FnApi.LogControl>) => {
      call.on('data', ({ logEntries }: FnApi.LogEntry_List) => logs.push(...logEntries.map(({ message }) => message)));
      call.on('error', () => {});
      call.on('end', () => call.end());
    },
  });
  server.addService(provisionServiceDefinition, {
    getProvisionInfo: (_call: unknown, callback: Grpc.sendUnaryData<ProvisionApi.GetProvisionInfoResponse>) =>
      callback(null, {
        info: ProvisionInfo.create({
          pipelineOptions: struct.Struct.fromJson((answer.pipelineOptions ?? {}) as never),
          controlEndpoint: { url: endpoint },
          loggingEndpoint: { url: endpoint },
          siblingWorkerIds: [...(answer.siblings ?? [])],
        }),
      }),
  });
  endpoint = `127.0.0.1:${await listen(server)}`;
  return {
    endpoint,
    connected: (...ids) =>
      new Promise((resolve) => {
        if (ids.every((id) => streams.has(id))) resolve();
        else waiting.push({ ids, resolve });
      }),
    ids: () => [...streams.keys()].sort(),
    logs: () => logs,
    endControl: () => {
      for (const stream of streams.values()) stream.end();
    },
    close: () => server.forceShutdown(),
  };
}
