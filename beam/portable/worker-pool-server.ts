import { beamFnExternalWorkerPoolDefinition, grpc, type FnApi, type Grpc } from './internals.js';

/** Where a worker's runner is. */
export interface WorkerOrder {
  /** Given by the runner, unique in it. */
  readonly id: string;
  /** host:port of the runner's Fn API. */
  readonly controlEndpoint: string;
}

/** Whoever can start a worker when a runner asks for one. */
export interface WorkerHost {
  /** @throws when there is no worker to be had; the runner is told why */
  start(order: WorkerOrder): Promise<void>;
  stop(id: string): Promise<void>;
}

/** A pool that listens. `address` is host:port, for an `external` environment. */
export interface PoolServer {
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves the worker pool of the Fn API (BeamFnExternalWorkerPool), by which a runner starts and stops workers.
 *
 * @param address host:port to listen on; port 0 takes a free one
 */
export async function servePool(host: WorkerHost, address: string): Promise<PoolServer> {
  const server = new grpc.Server();
  server.addService(beamFnExternalWorkerPoolDefinition, {
    startWorker: answering(({ workerId, controlEndpoint }: FnApi.StartWorkerRequest) =>
      host.start({ id: workerId, controlEndpoint: controlEndpoint?.url ?? '' }),
    ),
    stopWorker: answering(({ workerId }: FnApi.StopWorkerRequest) => host.stop(workerId)),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(address, grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(new Error(`beam: the worker pool cannot listen on ${address}: ${error.message}`)) : resolve(bound),
    );
  });
  return {
    address: `${address.slice(0, address.lastIndexOf(':'))}:${port}`,
    close: async () => server.forceShutdown(),
  };
}

function answering<Request>(
  work: (request: Request) => Promise<void>,
): Grpc.handleUnaryCall<Request, { error: string }> {
  return (call, callback) => {
    work(call.request).then(
      () => callback(null, { error: '' }),
      (error: unknown) => callback(null, { error: error instanceof Error ? error.message : String(error) }),
    );
  };
}
