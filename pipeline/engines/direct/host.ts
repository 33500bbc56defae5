import type { Message } from '../../../transforms/reading.js';
import { runGraph } from './run-graph.js';
import { PatientShare } from '../micro-batch/patient-share.js';
import type { SettleInstruction, ShareOptions, ShareOutcome } from '../micro-batch/share.js';

/** Where a share lives: in this thread or in a worker thread of its own. Calls are answered in their order. */
export interface ShareHost {
  /** Runs the graph over the share's part of a batch; changes nothing, so it may overlap with an earlier commit. */
  run(messages: readonly Message[]): Promise<void>;
  /** Settles the oldest batch that has run, and writes its files. Call when every earlier batch is committed. */
  settle(instruction: SettleInstruction): Promise<ShareOutcome>;
  close(): Promise<void>;
}

/** Keeps a share in this thread: for tests and for a single core. */
export async function openInlineHost(options: ShareOptions): Promise<ShareHost> {
  const share = await PatientShare.open(options);
  return {
    run: async (messages) => share.adopt(messages, await runGraph(messages, options.graph)),
    settle: (instruction) => share.settle(instruction),
    close: () => share.close(),
  };
}
