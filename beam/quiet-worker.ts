import { without } from './quiet.js';
import { worker } from './worker-internals.js';

/**
 * Stops the worker from printing every instruction that it is given, with all its bytes, and every bundle. What a DoFn
 * prints, and the errors of bundles, are as before.
 */
export function quietWorker(): void {
  const prototype = worker.Worker.prototype;
  const { handleRequest, split } = prototype;
  prototype.handleRequest = function handleQuietly(request) {
    return without(
      'log',
      ([printed]) => printed === request,
      () => handleRequest.call(this, request),
    );
  };
  prototype.split = function splitQuietly(request) {
    const asked = request.request.oneofKind === 'processBundleSplit' ? request.request.processBundleSplit : undefined;
    return without(
      'log',
      ([printed]) => printed === asked,
      () => split.call(this, request),
    );
  };
  const processor = worker.BundleProcessor.prototype;
  const process = processor.process;
  processor.process = function processQuietly(instructionId) {
    return without(
      'debug',
      ([printed]) => printed === 'Processing ',
      () => process.call(this, instructionId),
    );
  };
}
