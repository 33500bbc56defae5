import type { Metadata } from '@grpc/grpc-js';
import { ANY_MESSAGE_SIZE } from './data-channel.js';
import { clients, grpcOfSdk, type ControlClient } from './worker-internals.js';

/**
 * Sends the worker's id with GetProcessBundleDescriptor too. As shipped only the streams carry it, and a runner that
 * serves all workers on one port (Prism) refuses the call. A descriptor may also be of any size: it carries the DoFns.
 */
export function nameWorkerInDescriptorCalls(): void {
  const client = clients.BeamFnControlClient.prototype;
  const { control, getProcessBundleDescriptor } = client;
  const known = new WeakMap<ControlClient, { metadata: Metadata; caller: ControlClient }>();

  client.control = function controlAndRemember(metadata, options) {
    const url = this.getChannel().getTarget();
    const caller = new clients.BeamFnControlClient(url, grpcOfSdk.credentials.createInsecure(), ANY_MESSAGE_SIZE, {});
    known.set(this, { metadata, caller });
    return control.call(this, metadata, options);
  };
  client.getProcessBundleDescriptor = function getWithWorkerId(request, ...rest) {
    const { metadata, caller } = known.get(this) ?? {};
    if (!metadata || !caller) return getProcessBundleDescriptor.call(this, request, ...rest);
    return getProcessBundleDescriptor.call(caller, request, metadata, ...rest);
  };
}
