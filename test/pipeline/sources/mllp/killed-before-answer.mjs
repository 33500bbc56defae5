/** A run of the pipeline that is killed (SIGKILL) between the bronze commit and the answer. Arguments: the lake. */
import { stopSignal } from '../../../../dist/cli/stop-signal.js';
import { drive } from '../../../../dist/cli/drive.js';
import { openMllp } from '../../../../dist/cli/mllp-flags.js';

const [, , lake] = process.argv;
const listener = await openMllp('mllp://127.0.0.1:0', false, {});

/** The listener, but whoever acknowledges is killed. */
const source = {
  get url() {
    return listener.url;
  },
  resume: () => listener.resume(null),
  pull: async (limits) => {
    const pulled = await listener.pull(limits);
    const kill = () => new Promise(() => process.kill(process.pid, 'SIGKILL'));
    return pulled.messages.length === 0 ? pulled : { ...pulled, acknowledge: kill };
  },
  wait: (milliseconds, signal) => listener.wait(milliseconds, signal),
  close: () => listener.close(),
};
const flags = { lake, workers: 0, 'batch-messages': 1000, 'batch-seconds': 0.1, json: false };
await drive(flags, source, false, stopSignal(), () => {});
