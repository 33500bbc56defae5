import type { Message } from '../../../transforms/reading.js';
import type { SettleInstruction, ShareOptions, ShareOutcome } from './share.js';

/** What all shares of a run have in common. */
export type CrewOptions = Omit<ShareOptions, 'index' | 'of'>;

/** A batch as bronze has frozen it. */
export interface BatchToRun {
  readonly sequence: number;
  readonly messages: readonly Message[];
}

/** Who runs the graph over the batches of a run, and settles them: all that differs between engines of micro-batches. */
export interface Crew {
  /** Runs the graph over a batch; changes nothing, so it may overlap with an earlier commit. Batches come in sequence. */
  run(batch: BatchToRun): Promise<void>;
  /** Settles the oldest batch that has run, and writes its files. Call when every earlier batch is committed. */
  settle(instruction: SettleInstruction): Promise<ShareOutcome[]>;
  close(): Promise<void>;
}

export type OpenCrew = (options: CrewOptions) => Promise<Crew>;
