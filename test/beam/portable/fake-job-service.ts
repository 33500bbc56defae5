import { grpc, jobApi, struct, type Grpc, type JobApi } from '../../../beam/portable/internals.js';

/** What a fake job service was sent, and how its only job ends. */
export interface FakeJobService {
  readonly endpoint: string;
  /** Every request to prepare a job. */
  readonly prepared: JobApi.PrepareJobRequest[];
  /** Pipeline options of the last job, as JSON. */
  options(): Readonly<Record<string, unknown>>;
  cancelled(): number;
  close(): void;
}

export interface FakeJob {
  /** States in the order in which they are told; the last one stays. Default: DONE. */
  readonly states?: readonly (keyof typeof JobApi.JobState_Enum)[];
  readonly messages?: readonly { readonly importance: number; readonly text: string }[];
  /** Announced for staging; nothing answers there. */
  readonly stagingEndpoint?: string;
}

interface ProtoType<T> {
  toBinary(value: T): Uint8Array;
  fromBinary(bytes: Uint8Array): T;
}

const SERVICE = '/org.apache.beam.model.job_management.v1.JobService/';

/** The SDK has no server of this service: a definition from its message types. */
function method<In, Out>(name: string, request: ProtoType<In>, response: ProtoType<Out>, responseStream = false) {
  return {
    path: SERVICE + name,
    requestStream: false,
    responseStream,
    requestSerialize: (value: In) => Buffer.from(request.toBinary(value)),
    requestDeserialize: (bytes: Buffer) => request.fromBinary(bytes),
    responseSerialize: (value: Out) => Buffer.from(response.toBinary(value)),
    responseDeserialize: (bytes: Buffer) => response.fromBinary(bytes),
  };
}

/** Serves jobs that do nothing and end as a test says. */
export async function serveFakeJobs(job: FakeJob = {}): Promise<FakeJobService> {
  const prepared: JobApi.PrepareJobRequest[] = [];
  const states = [...(job.states ?? (['DONE'] as const))];
  let cancelled = 0;
  const server = new grpc.Server();
  server.addService(
    {
      prepare: method('Prepare', jobApi.PrepareJobRequest, jobApi.PrepareJobResponse),
      run: method('Run', jobApi.RunJobRequest, jobApi.RunJobResponse),
      getState: method('GetState', jobApi.GetJobStateRequest, jobApi.JobStateEvent),
      cancel: method('Cancel', jobApi.CancelJobRequest, jobApi.CancelJobResponse),
      getMessageStream: method('GetMessageStream', jobApi.JobMessagesRequest, jobApi.JobMessagesResponse, true),
    } as Grpc.ServiceDefinition,
    {
      prepare: answer((request: JobApi.PrepareJobRequest) => {
        prepared.push(request);
        const staging =
          job.stagingEndpoint === undefined ? {} : { artifactStagingEndpoint: { url: job.stagingEndpoint } };
        return jobApi.PrepareJobResponse.create({ preparationId: 'prepared', ...staging });
      }),
      run: answer(() => jobApi.RunJobResponse.create({ jobId: 'job-1' })),
      getState: answer(() => {
        const state = states.length > 1 ? states.shift() : states[0];
        return jobApi.JobStateEvent.create({ state: jobApi.JobState_Enum[state ?? 'DONE'] });
      }),
      cancel: answer(() => {
        cancelled += 1;
        states.splice(0, states.length, 'CANCELLED');
        return jobApi.CancelJobResponse.create({ state: jobApi.JobState_Enum.CANCELLED });
      }),
      getMessageStream: (call: Grpc.ServerWritableStream<unknown, JobApi.JobMessagesResponse>) => {
        for (const { importance, text } of job.messages ?? []) {
          const messageResponse = jobApi.JobMessage.create({ importance, messageText: text });
          call.write(
            jobApi.JobMessagesResponse.create({ response: { oneofKind: 'messageResponse', messageResponse } }),
          );
        }
        call.end();
      },
    },
  );
  const port = await listen(server);
  return {
    endpoint: `127.0.0.1:${port}`,
    prepared,
    options: () => struct.Struct.toJson(prepared.at(-1)?.pipelineOptions ?? struct.Struct.create()) as never,
    cancelled: () => cancelled,
    close: () => server.forceShutdown(),
  };
}

function answer<In, Out>(work: (request: In) => Out): Grpc.handleUnaryCall<In, Out> {
  return (call, callback) => callback(null, work(call.request));
}

/** Binds a server to a free port of 127.0.0.1. */
export function listen(server: Grpc.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}
