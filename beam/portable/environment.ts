import { environments, runnerApi, type RunnerApi } from './internals.js';

/**
 * Where the DoFns of a job run:
 * - `loopback`: in the process that submits, one event loop for all workers; for tests and small runs.
 * - `external`: in processes that a pool at `address` (host:port) hands out (worker-pool.ts); the runner asks it for one
 *   worker at a time.
 * - `process`: the runner starts `command` with the flags of the container contract (worker-main.ts).
 * - `docker`: the runner, or Dataflow, starts the image, whose entry point follows the container contract.
 */
export type WorkerEnvironment =
  | { readonly kind: 'loopback' }
  | { readonly kind: 'external'; readonly address: string; readonly params?: Readonly<Record<string, string>> }
  | { readonly kind: 'process'; readonly command: string; readonly env?: Readonly<Record<string, string>> }
  | { readonly kind: 'docker'; readonly image: string };

/** An environment that a proto can hold: a loopback is an external one, once its pool has an address. */
export type AddressedEnvironment = Exclude<WorkerEnvironment, { kind: 'loopback' }>;

const PROCESS_URN = 'beam:env:process:v1';
const EXTERNAL_URN = 'beam:env:external:v1';

/**
 * Puts the workers of TypeScript into a pipeline, in place. The SDK's own way runs `npm pack` for all but loopback; here
 * nothing is a dependency, because worker processes and images have this package already.
 */
export function replaceEnvironments(pipeline: RunnerApi.Pipeline, worker: AddressedEnvironment): void {
  const known = pipeline.components?.environments ?? {};
  for (const [id, environment] of Object.entries(known)) {
    if (environment.urn !== environments.TYPESCRIPT_DEFAULT_ENVIRONMENT_URN) continue;
    known[id] = environmentProto(environment, worker);
  }
}

/** One environment as the runner reads it: capabilities and hints of the given one, and no dependencies. */
export function environmentProto(base: RunnerApi.Environment, worker: AddressedEnvironment): RunnerApi.Environment {
  switch (worker.kind) {
    case 'external': {
      const payload = runnerApi.ExternalPayload.create({
        endpoint: { url: worker.address },
        params: worker.params ?? {},
      });
      return { ...base, urn: EXTERNAL_URN, payload: runnerApi.ExternalPayload.toBinary(payload), dependencies: [] };
    }
    case 'process': {
      const payload = runnerApi.ProcessPayload.create({ command: worker.command, env: worker.env ?? {} });
      return { ...base, urn: PROCESS_URN, payload: runnerApi.ProcessPayload.toBinary(payload), dependencies: [] };
    }
    case 'docker':
      return { ...environments.asDockerEnvironment(base, worker.image), dependencies: [] };
  }
}
