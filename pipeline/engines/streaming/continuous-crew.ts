import type { GraphOptions } from '../../graph.js';
import { runGraph } from '../direct/run-graph.js';
import type { BatchToRun, Crew, CrewOptions } from '../micro-batch/crew.js';
import type { GraphOutcome } from '../micro-batch/graph-outcome.js';
import { PatientShare } from '../micro-batch/patient-share.js';
import type { SettleInstruction, ShareOutcome } from '../micro-batch/share.js';
import { BatchAccount } from './batch-account.js';
import { batchOutcome } from './batch-outcome.js';
import type { PaneFeed } from './pane-feed.js';

/** Batches that may wait for their panes at the same time: the latency of a pane over the length of a batch, and some. */
const DEPTH = 8;

/**
 * Settles the batches of a continuous engine: the runner has run the graph over their messages, or will have soon, and
 * what it does not bring in time is run here, on the DirectRunner. One share owns all patients.
 */
export class ContinuousCrew implements Crew {
  readonly depth = DEPTH;
  /** Outcomes of batches that have run, by sequence. */
  readonly #outcomes = new Map<number, { readonly batch: BatchToRun; readonly outcome: GraphOutcome }>();

  private constructor(
    private readonly share: PatientShare,
    private readonly graph: GraphOptions,
    private readonly feed: PaneFeed,
  ) {}

  static async open(options: CrewOptions, feed: PaneFeed): Promise<ContinuousCrew> {
    return new ContinuousCrew(await PatientShare.open({ ...options, index: 0, of: 1 }), options.graph, feed);
  }

  async run(batch: BatchToRun): Promise<void> {
    const account = new BatchAccount(batch.messages, this.graph, this.feed.panes);
    // Known from here on: a later batch may rely on what this one brings, because it is committed later.
    await this.feed.fill(account);
    this.feed.panes.use(account.keys, batch.sequence);
    const missing = account.missing();
    const run = missing.length === 0 ? null : await runGraph(missing, this.graph);
    this.feed.count(batch.messages.length, missing.length);
    this.#outcomes.set(batch.sequence, {
      batch,
      outcome: batchOutcome(account.outcomes(), run, this.graph.ruleVersion),
    });
  }

  async settle(instruction: SettleInstruction): Promise<ShareOutcome[]> {
    const { sequence } = instruction;
    const ready = this.#outcomes.get(sequence);
    if (ready === undefined) throw new Error(`continuous crew: batch ${sequence} has not run`);
    this.#outcomes.delete(sequence);
    // Every earlier batch is committed: nobody needs its panes any more.
    await this.feed.panes.sweep(sequence - 1);
    this.share.adopt(ready.batch.messages, ready.outcome);
    return [await this.share.settle(instruction)];
  }

  /** @throws Error always: a job keeps the graph that it was submitted with */
  adopt(): Promise<void> {
    return Promise.reject(new Error('continuous crew: a job keeps the graph that it was submitted with'));
  }

  close(): Promise<void> {
    return this.share.close();
  }
}
