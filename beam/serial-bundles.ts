import { DataChannel } from './data-channel.js';
import { DataSourceOperator, worker } from './worker-internals.js';

/**
 * Gives the worker a data channel that is serialised per bundle.
 *
 * As shipped, each data message is handled as it comes: the end of the input overtakes messages that are still being
 * processed, the bundle is reported as done, and the rest is lost without a word. The entry of each bundle also stays in
 * the channel for ever, and a failed bundle keeps its late data.
 */
export function serializeBundles(): void {
  worker.Worker.prototype.getDataChannel = function getDataChannel(url) {
    let channel = this.dataChannels.get(url);
    if (!channel) this.dataChannels.set(url, (channel = new DataChannel(url, this.id)));
    return channel;
  };

  const processor = worker.BundleProcessor.prototype;
  const process = processor.process;
  processor.process = async function processAndForget(instructionId) {
    try {
      await process.call(this, instructionId);
    } finally {
      for (const { multiplexingDataChannel: channel } of this.topologicallyOrderedOperators) {
        if (channel instanceof DataChannel) channel.endBundle(instructionId);
      }
    }
  };

  // A source that fails while another one is awaited would otherwise end the process as an unhandled rejection.
  const source = DataSourceOperator.prototype;
  const startBundle = source.startBundle;
  source.startBundle = function startGuarded() {
    const started = startBundle.call(this);
    this.endOfData.catch(() => {});
    return started;
  };
}
