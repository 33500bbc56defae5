import { parentPort, workerData } from 'node:worker_threads';
import type { Message } from '../../../transforms/reading.js';
import { runGraph } from './run-graph.js';
import { unpackMessages } from './message-transfer.js';
import { PatientShare } from '../micro-batch/patient-share.js';
import { provideShareResources } from '../micro-batch/share-resources.js';
import type { ShareOptions } from '../micro-batch/share.js';
import type { ShareReply, ShareRequest } from './thread-host.js';

/** The entry point of a worker thread: one share, its calls in their order. */
const port = parentPort;
if (!port) throw new Error('worker: this module runs in a worker thread only');

const options = workerData as ShareOptions;
const share = PatientShare.open(options);
let { graph } = options;
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
        await run(opened, unpackMessages(request.messages));
        return { id: request.id, ok: true, value: null };
      case 'settle':
        return { id: request.id, ok: true, value: await opened.settle(request.instruction) };
      case 'adopt':
        provideShareResources(request.setting);
        graph = request.setting.graph;
        return { id: request.id, ok: true, value: null };
      case 'close':
        await opened.close();
        return { id: request.id, ok: true, value: null };
    }
  } catch (error) {
    return { id: request.id, ok: false, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

async function run(opened: PatientShare, messages: readonly Message[]): Promise<void> {
  opened.adopt(messages, await runGraph(messages, graph));
}
