import { stepNames } from './check-graph.js';
import type { JobRequest } from './job-request.js';
import { pipelineUrl } from './job-request.js';
import type { DataflowOptions } from './options.js';
import type { SerialisedPipeline } from './pipeline-proto.js';

/** What a dry run tells people, a line each; the request itself is for programs. */
export function describeRequest(
  options: DataflowOptions,
  pipeline: SerialisedPipeline,
  request: JobRequest,
): readonly string[] {
  const { numWorkers, maxWorkers, machineType, publicIps, serviceAccount } = options;
  const names = stepNames(pipeline.pipeline);
  return [
    `job       ${options.jobName}, ${pipeline.streaming ? 'streaming' : 'bounded'}, in ${options.region} of ${options.project}`,
    `workers   ${numWorkers ?? 1} to ${maxWorkers} of ${machineType ?? "the service's default machine"}, ` +
      `${publicIps ? 'public' : 'private'} addresses, as ${serviceAccount ?? "the project's default account"}`,
    `image     ${options.workerImage}`,
    `pipeline  ${pipeline.bytes.length} bytes, sha256 ${pipeline.sha256}`,
    `staged as ${pipelineUrl(options, pipeline)}`,
    `request   ${JSON.stringify(request).length} bytes, client request id ${request.clientRequestId}`,
    `steps     ${names.length}:`,
    ...names.map((name) => `  ${name}`),
  ];
}
