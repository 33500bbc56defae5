import { Worker, type BeamWorker } from './internals.js';

/** A worker that is connected to its runner. */
export interface RunningWorker {
  /** Settles when the runner, or {@link stop}, has ended the control stream; rejects when the stream was lost. */
  readonly ended: Promise<void>;
  /** Ends the control stream and closes every channel. */
  stop(): void;
}

/**
 * Runs the SDK's worker, with the repairs of the shim, against a runner. The modules of its DoFns must be loaded before.
 *
 * @param controlEndpoint host:port of the runner's Fn API
 */
export function runWorker(id: string, controlEndpoint: string): RunningWorker {
  const worker = new Worker(id, { controlUrl: controlEndpoint });
  // The SDK's own listener prints a line for every worker that has done its work, and closes less than closeChannels.
  worker.controlChannel.removeAllListeners('end');
  let stopping = false;
  const ended = worker
    .wait()
    .catch((error: unknown) => {
      if (!stopping) throw error;
    })
    .finally(() => closeChannels(worker));
  // Whoever does not wait for the end must not be ended by it.
  ended.catch(() => {});
  return {
    ended,
    stop: () => {
      stopping = true;
      worker.stop();
      closeChannels(worker);
    },
  };
}

/** As shipped the streams end and the channels stay, which keeps the process alive. */
function closeChannels(worker: BeamWorker): void {
  for (const channel of worker.dataChannels.values()) channel.close();
  for (const channel of worker.stateChannels.values()) {
    channel.close();
    channel.stateClient.close();
  }
  worker.controlClient.close();
}
