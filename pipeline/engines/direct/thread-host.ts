import { Worker } from 'node:worker_threads';
import type { ShareHost } from './host.js';
import { packMessages, transferablesOf, type PackedMessages } from './message-transfer.js';
import type { GraphSetting, SettleInstruction, ShareOptions, ShareOutcome } from '../micro-batch/share.js';

/** What the engine asks of a worker thread. */
export type ShareRequest =
  | { readonly id: number; readonly call: 'run'; readonly messages: PackedMessages }
  | { readonly id: number; readonly call: 'settle'; readonly instruction: SettleInstruction }
  | { readonly id: number; readonly call: 'adopt'; readonly setting: GraphSetting }
  | { readonly id: number; readonly call: 'close' };

export type ShareReply =
  | { readonly id: number; readonly ok: true; readonly value: ShareOutcome | null }
  | { readonly id: number; readonly ok: false; readonly error: Error };

interface Waiting {
  resolve(value: ShareOutcome | null): void;
  reject(error: Error): void;
}

/**
 * A share of a batch of 50,000 readings, its open panes and its index need about 300 MB. Left alone V8 lets a heap grow
 * to gigabytes before it collects.
 */
const HEAP_LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 48 };

/** Keeps a share in a worker thread. A thread that dies fails every call that waits for it. */
export async function openThreadHost(options: ShareOptions): Promise<ShareHost> {
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: options,
    resourceLimits: HEAP_LIMITS,
  });
  const waiting = new Map<number, Waiting>();
  let failure: Error | undefined;
  let calls = 0;

  const fail = (error: Error) => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  };
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`worker of share ${options.index} ended with code ${code}`)));
  worker.on('message', (reply: ShareReply) => {
    const caller = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.ok) caller?.resolve(reply.value);
    else caller?.reject(reply.error);
  });

  const ask = (request: ShareRequest, transfer: ArrayBuffer[] = []) =>
    new Promise<ShareOutcome | null>((resolve, reject) => {
      if (failure) return reject(failure);
      waiting.set(request.id, { resolve, reject });
      worker.postMessage(request, transfer);
    });
  const nextId = () => (calls += 1);

  return {
    run: async (messages) => {
      const packed = packMessages(messages);
      await ask({ id: nextId(), call: 'run', messages: packed }, transferablesOf(packed));
    },
    settle: async (instruction) => (await ask({ id: nextId(), call: 'settle', instruction })) as ShareOutcome,
    adopt: async (setting) => {
      await ask({ id: nextId(), call: 'adopt', setting });
    },
    close: async () => {
      if (!failure) await ask({ id: nextId(), call: 'close' });
      await worker.terminate();
    },
  };
}
