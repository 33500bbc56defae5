import type { StateResponse } from 'apache-beam/proto/beam_fn_api';
import { ANY_MESSAGE_SIZE } from './data-channel.js';
import { clients, grpcOfSdk, MultiplexingStateChannel, worker, type StateChannel } from './worker-internals.js';

/**
 * Gives the worker a state channel that fails its readers when it breaks, and that takes answers of any size. As shipped a
 * read that is under way when the stream breaks is never answered, so that its bundle hangs for ever, and a side input
 * beyond 4 MB breaks the stream.
 */
export function failReadsOfLostState(): void {
  worker.Worker.prototype.getStateChannel = function getStateChannel(url) {
    let channel = this.stateChannels.get(url);
    if (!channel) this.stateChannels.set(url, (channel = openStateChannel(url, this.id)));
    return channel;
  };
}

function openStateChannel(url: string, workerId: string): StateChannel {
  const metadata = new grpcOfSdk.Metadata();
  metadata.add('worker_id', workerId);
  const client = new clients.BeamFnStateClient(url, grpcOfSdk.credentials.createInsecure(), ANY_MESSAGE_SIZE, {});
  const stream = client.state(metadata);
  const callbacks: StateChannel['callbacks'] = new Map();
  // The constructor would open a stream of its own, with gRPC's limit on messages.
  const channel = Object.assign(Object.create(MultiplexingStateChannel.prototype) as StateChannel, {
    callbacks,
    idCounter: 0,
    stateClient: client,
    stateChannel: stream,
  });
  stream.on('data', (response: StateResponse) => {
    const callback = callbacks.get(response.id);
    callbacks.delete(response.id);
    callback?.(response);
  });
  const lose = (reason: string) => {
    channel.error ??= new Error(`beam: the state stream to ${url} is lost: ${reason}`);
    const waiting = [...callbacks.values()];
    callbacks.clear();
    for (const callback of waiting) callback({});
  };
  stream.on('error', (error: Error) => lose(error.message));
  stream.on('end', () => lose('the other side ended it'));
  return channel;
}
