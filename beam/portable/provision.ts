import { grpc, ProvisionServiceClient, struct, type ProvisionApi } from './internals.js';
import type { WorkerFlags } from './worker-flags.js';

/** Everything that a worker must know before its first bundle. */
export interface Provision {
  readonly id: string;
  readonly controlEndpoint: string;
  /** Empty when the runner collects no logs. */
  readonly loggingEndpoint: string;
  /** Pipeline options as JSON, flat or nested (worker-options.ts). */
  readonly options: string;
  /** Further workers that this container is to run, each with a control stream of its own. */
  readonly siblings: readonly string[];
}

const CALL_TIMEOUT_MILLIS = 60_000;

/**
 * Completes the flags of a worker by what the runner's provision endpoint says; its endpoints win over the flags. With
 * options among the flags nobody is asked: Beam's own boot has done so, and starts the siblings itself.
 *
 * @throws Error when the endpoint does not answer, or nobody names the control endpoint
 */
export async function provisionOf(flags: WorkerFlags): Promise<Provision> {
  const { id, controlEndpoint, loggingEndpoint, provisionEndpoint, options } = flags;
  if (options !== null && controlEndpoint !== null) {
    return { id, controlEndpoint, loggingEndpoint: loggingEndpoint ?? '', options, siblings: [] };
  }
  const info = await askProvision(id, provisionEndpoint ?? '');
  const control = info.controlEndpoint?.url || controlEndpoint;
  if (!control) throw new Error(`beam: the provision endpoint ${provisionEndpoint} names no control endpoint`);
  return {
    id,
    controlEndpoint: control,
    loggingEndpoint: info.loggingEndpoint?.url || loggingEndpoint || '',
    options: options ?? JSON.stringify(info.pipelineOptions ? struct.Struct.toJson(info.pipelineOptions) : {}),
    siblings: info.siblingWorkerIds,
  };
}

async function askProvision(id: string, endpoint: string): Promise<ProvisionApi.ProvisionInfo> {
  const client = new ProvisionServiceClient(endpoint, grpc.credentials.createInsecure(), {}, {});
  const metadata = new grpc.Metadata();
  metadata.add('worker_id', id);
  try {
    const answer = await new Promise<ProvisionApi.GetProvisionInfoResponse | undefined>((resolve, reject) => {
      const deadline = { deadline: Date.now() + CALL_TIMEOUT_MILLIS };
      client.getProvisionInfo({}, metadata, deadline, (error, value) => (error ? reject(error) : resolve(value)));
    });
    if (!answer?.info) throw new Error('the answer is empty');
    return answer.info;
  } catch (error) {
    throw new Error(`beam: the provision endpoint ${endpoint} does not answer: ${String(error)}`, { cause: error });
  } finally {
    client.close();
  }
}
