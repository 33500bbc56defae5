import { grpc, GrpcTransport, JobServiceClient, type JobApi } from './internals.js';
import { JobServiceError } from './job-errors.js';
import { jobStateName, type JobState } from './job-state.js';

/** What a runner says of a job: about its progress, and why it failed. */
export interface JobMessage {
  readonly importance: 'DEBUG' | 'DETAILED' | 'BASIC' | 'WARNING' | 'ERROR';
  readonly text: string;
  /** As the runner writes it; empty where it does not. */
  readonly time: string;
}

/** A call that takes longer has failed: a job service that hangs must not hang us. */
const CALL_TIMEOUT_MILLIS = 30_000;

/** The numbers of JobMessage.MessageImportance. */
const IMPORTANCES: readonly JobMessage['importance'][] = ['BASIC', 'DEBUG', 'DETAILED', 'BASIC', 'WARNING', 'ERROR'];

/**
 * The job API over one channel of its own, which {@link close} ends.
 *
 * A runner with nothing to stage may answer the artefact stream with trailers only (Prism does); the SDK then waits for
 * ever. So the staging endpoint is withheld from the SDK when no environment has dependencies, which is always so here.
 */
export class JobClient extends JobServiceClient {
  readonly #channel: { close(): void };

  constructor(readonly endpoint: string) {
    const transport = new GrpcTransport({
      host: endpoint,
      channelCredentials: grpc.ChannelCredentials.createInsecure(),
      clientOptions: { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 },
    });
    super(transport);
    this.#channel = transport;
  }

  override prepare(...args: Parameters<JobApiClient['prepare']>): ReturnType<JobApiClient['prepare']> {
    const call = super.prepare(...args);
    if (hasDependencies(args[0])) return call;
    const response = call.response.then((answer) => withoutStaging(answer));
    return { response } as ReturnType<JobApiClient['prepare']>;
  }

  async stateOf(jobId: string): Promise<JobState> {
    const call = this.getState({ jobId }, { timeout: CALL_TIMEOUT_MILLIS });
    return jobStateName((await this.answer('tell the state of a job', call.response)).state);
  }

  async cancelJob(jobId: string): Promise<JobState> {
    const call = this.cancel({ jobId }, { timeout: CALL_TIMEOUT_MILLIS });
    return jobStateName((await this.answer('cancel a job', call.response)).state);
  }

  /** The messages of a job from its start, until it has ended or the signal aborts. */
  async *messagesOf(jobId: string, signal: AbortSignal): AsyncGenerator<JobMessage> {
    const call = this.getMessageStream({ jobId }, { abort: signal });
    try {
      for await (const { response } of call.responses) {
        if (response.oneofKind !== 'messageResponse') continue;
        const { importance, messageText, time } = response.messageResponse;
        yield { importance: IMPORTANCES[importance] ?? 'BASIC', text: messageText, time };
      }
    } catch (error) {
      if (!signal.aborted) throw new JobServiceError(this.endpoint, 'send the messages of a job', error);
    }
  }

  /** @throws JobServiceError for whatever a call throws */
  async answer<T>(call: string, response: Promise<T>): Promise<T> {
    try {
      return await response;
    } catch (error) {
      throw new JobServiceError(this.endpoint, call, error);
    }
  }

  close(): void {
    this.#channel.close();
  }
}

type JobApiClient = InstanceType<typeof JobServiceClient>;

function hasDependencies({ pipeline }: JobApi.PrepareJobRequest): boolean {
  const known = Object.values(pipeline?.components?.environments ?? {});
  return known.some((environment) => environment.dependencies.length > 0);
}

function withoutStaging(answer: JobApi.PrepareJobResponse): JobApi.PrepareJobResponse {
  const { preparationId, stagingSessionToken } = answer;
  return { preparationId, stagingSessionToken };
}
