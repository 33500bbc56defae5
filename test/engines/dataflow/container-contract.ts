import { createRequire } from 'node:module';
import { spawn, type ChildProcess } from 'node:child_process';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import { fnApi, grpc, struct, type FnApi } from '../../../beam/portable/internals.js';

const require = createRequire(import.meta.url);
const provisionApi = require('apache-beam/proto/beam_provision_api') as {
  GetProvisionInfoResponse: { toBinary(value: object): Uint8Array; create(value: object): object };
};

/** What the runner's side of the contract tells a container. */
export interface ContractOptions {
  /** In the nested form, as Dataflow has them. */
  readonly pipelineOptions: object;
  readonly siblings: readonly string[];
}

type Control = ServerDuplexStream<Uint8Array, Uint8Array>;

/**
 * The runner's side of Beam's container contract: provision, artifact retrieval, logging and control on one port, as
 * Dataflow serves them to the entry point of a worker image.
 */
export class ContainerContract {
  /** Control streams by the id of the worker that opened them. */
  readonly streams = new Map<string, Control>();
  /** Lines that workers and the boot have logged. */
  readonly logs: string[] = [];
  readonly responses: { worker: string; response: FnApi.InstructionResponse }[] = [];
  readonly #server = new grpc.Server();
  #port = 0;
  #container: ChildProcess | null = null;
  /** What the container has written to its terminal. */
  output = '';
  exit: number | string | null = null;

  static async open(options: ContractOptions): Promise<ContainerContract> {
    const contract = new ContainerContract();
    contract.#serve(options);
    contract.#port = await new Promise<number>((resolve, reject) =>
      contract.#server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      ),
    );
    return contract;
  }

  get url(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** Starts a container's entry point in its working directory. */
  start(entryPoint: string, directory: string, semiPersistent: string): void {
    const args = ['--id=worker-1', `--provision_endpoint=${this.url}`, `--semi_persist_dir=${semiPersistent}`];
    const child = spawn(entryPoint, args, {
      cwd: directory,
      // As the image sets them: nothing that is missing may be fetched.
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        NODE_ENV: 'production',
        npm_config_offline: 'true',
        npm_config_update_notifier: 'false',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const hear = (chunk: Buffer) => (this.output = (this.output + chunk.toString()).slice(-200_000));
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code, signal) => (this.exit = code ?? signal));
    this.#container = child;
  }

  /** Sends an instruction to a worker; its response comes into `responses`. */
  instruct(worker: string, request: Partial<FnApi.InstructionRequest>): void {
    this.streams.get(worker)?.write(fnApi.InstructionRequest.toBinary(fnApi.InstructionRequest.create(request)));
  }

  /** Ends every process of the container, by its group, and the services. */
  async stop(): Promise<void> {
    const child = this.#container;
    if (child?.pid !== undefined) {
      const gone = this.exit === null ? new Promise((resolve) => child.once('exit', resolve)) : Promise.resolve();
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // The group has ended by itself.
      }
      await gone;
    }
    this.#server.forceShutdown();
  }

  #serve({ pipelineOptions, siblings }: ContractOptions): void {
    const control = (call: Control) => {
      const worker = String(call.metadata.get('worker_id')[0]);
      this.streams.set(worker, call);
      call.on('data', (bytes: Uint8Array) => {
        this.responses.push({ worker, response: fnApi.InstructionResponse.fromBinary(bytes) });
      });
      call.on('error', () => {});
    };
    const logging = (call: Control) => {
      call.on('data', (bytes: Uint8Array) => {
        for (const entry of fnApi.LogEntry_List.fromBinary(bytes).logEntries) this.logs.push(entry.message);
      });
      call.on('error', () => {});
      call.on('end', () => call.end());
    };
    const provision = (_call: unknown, answer: (error: null, bytes: Uint8Array) => void) => {
      const endpoint = { url: this.url };
      const info = {
        controlEndpoint: endpoint,
        loggingEndpoint: endpoint,
        artifactEndpoint: endpoint,
        pipelineOptions: struct.Struct.fromJson(pipelineOptions as never),
        dependencies: [],
        metadata: {},
        runnerCapabilities: ['beam:protocol:control_request_elements_embedding:v1'],
        siblingWorkerIds: siblings,
        retrievalToken: '',
      };
      const { GetProvisionInfoResponse } = provisionApi;
      answer(null, GetProvisionInfoResponse.toBinary(GetProvisionInfoResponse.create({ info })));
    };
    const nothing = (_call: unknown, answer: (error: null, bytes: Uint8Array) => void) =>
      answer(null, new Uint8Array());
    this.#add('fn_execution.v1.BeamFnControl', 'Control', true, control);
    this.#add('fn_execution.v1.BeamFnLogging', 'Logging', true, logging);
    this.#add('fn_execution.v1.ProvisionService', 'GetProvisionInfo', false, provision);
    this.#add('job_management.v1.ArtifactRetrievalService', 'ResolveArtifacts', false, nothing);
  }

  /** A service of one method; messages stay bytes. */
  #add(service: string, method: string, streaming: boolean, handler: unknown): void {
    const bytes = (value: Uint8Array) => Buffer.from(value);
    const definition = {
      [method]: {
        path: `/org.apache.beam.model.${service}/${method}`,
        requestStream: streaming,
        responseStream: streaming,
        requestSerialize: bytes,
        requestDeserialize: bytes,
        responseSerialize: bytes,
        responseDeserialize: bytes,
      },
    };
    this.#server.addService(definition, { [method]: handler as never });
  }
}
