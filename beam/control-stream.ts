import { clients, worker, type InstructionStream } from './worker-internals.js';

/**
 * Ends a worker whose control stream is lost, instead of its process. As shipped nothing listens for the stream's
 * `error`, so that a runner that dies kills every worker with an unhandled event, and `wait` never ends.
 *
 * Afterwards: one line on stderr names worker, runner and reason; bundles under way fail; `wait()` rejects with the same
 * error, or resolves when the runner ended the stream in order.
 */
export function surviveControlLoss(): void {
  const client = clients.BeamFnControlClient.prototype;
  const control = client.control;
  const ends = new WeakMap<InstructionStream, Promise<void>>();

  client.control = function controlUntilLost(metadata, options) {
    const stream = control.call(this, metadata, options);
    const name = `worker ${String(metadata.get('worker_id')[0] ?? '')}`;
    const url = this.getChannel().getTarget();
    const ended = new Promise<void>((resolve, reject) => {
      stream.on('error', (error: Error) => {
        const lost = new Error(`beam: ${name} has lost its control stream to ${url}: ${error.message}`);
        process.stderr.write(`${lost.message}\n`);
        reject(lost);
      });
      // A lost stream ends too, after its error; then the promise is settled already.
      stream.on('status', () => resolve());
    });
    ended.catch(() => {});
    ends.set(stream, ended);
    return stream;
  };

  worker.Worker.prototype.wait = async function waitForEnd() {
    await ends.get(this.controlChannel);
  };
}
