import type { Message } from '../../../transforms/reading.js';
import { runGraph } from './run-graph.js';
import { PatientShare } from '../micro-batch/patient-share.js';
import { provideShareResources } from '../micro-batch/share-resources.js';
import type { GraphSetting, SettleInstruction, ShareOptions, ShareOutcome } from '../micro-batch/share.js';

/** Where a share lives: in this thread or in a worker thread of its own. Calls are answered in their order. */
export interface ShareHost {
  /** Runs the graph over the share's part of a batch; changes nothing, so it may overlap with an earlier commit. */
  run(messages: readonly Message[]): Promise<void>;
  /** Settles the oldest batch that has run, and writes its files. Call when every earlier batch is committed. */
  settle(instruction: SettleInstruction): Promise<ShareOutcome>;
  /** Runs later batches with another graph and other resources. */
  adopt(setting: GraphSetting): Promise<void>;
  close(): Promise<void>;
}

/** Keeps a share in this thread: for tests and for a single core. */
export async function openInlineHost(options: ShareOptions): Promise<ShareHost> {
  const share = await PatientShare.open(options);
  let { graph } = options;
  return {
    run: async (messages) => share.adopt(messages, await runGraph(messages, graph)),
    settle: (instruction) => share.settle(instruction),
    adopt: async (setting) => {
      provideShareResources(setting);
      graph = setting.graph;
    },
    close: () => share.close(),
  };
}
