import { parentPort, workerData } from 'node:worker_threads';
import { unpackMessages } from './message-transfer.js';
import { PatientShare } from './patient-share.js';
import type { ShareOptions } from './share.js';
import type { ShareReply, ShareRequest } from './thread-host.js';

/** The entry point of a worker thread: one share, its calls in their order. */
const port = parentPort;
if (!port) throw new Error('worker: this module runs in a worker thread only');

const share = PatientShare.open(workerData as ShareOptions);
let last: Promise<void> = Promise.resolve();

port.on('message', (request: ShareRequest) => {
  last = last.then(async () => {
    port.postMessage(await answer(request));
  });
});

async function answer(request: ShareRequest): Promise<ShareReply> {
  try {
    const opened = await share;
    switch (request.call) {
      case 'run':
        await opened.run(unpackMessages(request.messages));
        return { id: request.id, ok: true, value: null };
      case 'settle':
        return { id: request.id, ok: true, value: await opened.settle(request.instruction) };
      case 'close':
        await opened.close();
        return { id: request.id, ok: true, value: null };
    }
  } catch (error) {
    return { id: request.id, ok: false, error: error instanceof Error ? error : new Error(String(error)) };
  }
}
