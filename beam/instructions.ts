import type { InstructionRequest, InstructionResponse } from 'apache-beam/proto/beam_fn_api';
import { worker, type MonitoringInfo, type Worker } from './worker-internals.js';

/**
 * Answers instructions that the worker as shipped fails: a split or a progress request for a bundle that is not, or no
 * longer, under way (a race that a runner cannot avoid), the request for the names of metrics, and the finalisation of a
 * bundle. An error in their place makes a runner fail the job now and then.
 */
export function answerEveryInstruction(): void {
  const prototype = worker.Worker.prototype;
  const { handleRequest, progress, split } = prototype;

  prototype.split = async function splitOrNothing(request) {
    const bundle =
      request.request.oneofKind === 'processBundleSplit' && request.request.processBundleSplit.instructionId;
    if (bundle && this.activeBundleProcessors.has(bundle)) return split.call(this, request);
    const processBundleSplit = { primaryRoots: [], residualRoots: [], channelSplits: [] };
    return answer(request, { oneofKind: 'processBundleSplit', processBundleSplit });
  };

  prototype.progress = async function progressOrNothing(request) {
    const { request: asked } = request;
    const bundle = asked.oneofKind === 'processBundleProgress' && asked.processBundleProgress.instructionId;
    if (bundle && this.activeBundleProcessors.has(bundle)) return progress.call(this, request);
    const processBundleProgress = { monitoringInfos: [], monitoringData: {} };
    return answer(request, { oneofKind: 'processBundleProgress', processBundleProgress });
  };

  prototype.handleRequest = async function handleAnyRequest(request) {
    const response = answerOf(this, request);
    return response ? this.controlChannel.write(answer(request, response)) : handleRequest.call(this, request);
  };
}

function answer(request: InstructionRequest, response: InstructionResponse['response']): InstructionResponse {
  return { instructionId: request.instructionId, error: '', response };
}

function answerOf(of: Worker, { request }: InstructionRequest): InstructionResponse['response'] | undefined {
  switch (request.oneofKind) {
    case 'monitoringInfos':
      return {
        oneofKind: 'monitoringInfos',
        monitoringInfos: { monitoringInfo: metricsOf(of, request.monitoringInfos.monitoringInfoId) },
      };
    case 'harnessMonitoringInfos':
      return { oneofKind: 'harnessMonitoringInfos', harnessMonitoringInfos: { monitoringData: {} } };
    case 'finalizeBundle':
      return { oneofKind: 'finalizeBundle', finalizeBundle: {} };
    default:
      return undefined;
  }
}

function metricsOf(of: Worker, ids: readonly string[]): Record<string, MonitoringInfo> {
  const infos: Record<string, MonitoringInfo> = {};
  for (const id of ids) {
    const info = of.metricsShortIdCache.asMonitoringInfo(id);
    if (info) infos[id] = info;
  }
  return infos;
}
