import type { DataFile } from '../../../lake/manifest.js';
import type { Message } from '../../../transforms/reading.js';
import type { GraphSetting, SettleInstruction, ShareOptions, ShareOutcome } from './share.js';

/** What all shares of a run have in common. */
export type CrewOptions = Omit<ShareOptions, 'index' | 'of'>;

/** A batch as bronze has frozen it. */
export interface BatchToRun {
  readonly sequence: number;
  readonly messages: readonly Message[];
  /** The bronze files that hold exactly these messages, for a crew whose workers read them themselves. */
  readonly files: readonly DataFile[];
}

/** Who runs the graph over the batches of a run, and settles them: all that differs between engines of micro-batches. */
export interface Crew {
  /** Batches that may be on their way at the same time; the memory of a run grows with it. */
  readonly depth: number;
  /**
   * Runs the graph over a batch; changes nothing, so it may overlap with an earlier commit, and with the runs of as many
   * batches as the crew is deep. Batches come in sequence.
   */
  run(batch: BatchToRun): Promise<void>;
  /** Settles a batch that has run, the oldest one, and writes its files. Call when every earlier batch is committed. */
  settle(instruction: SettleInstruction): Promise<ShareOutcome[]>;
  /** Runs later batches with another graph and other resources, such as a model that was promoted. Call when none runs. */
  adopt(setting: GraphSetting): Promise<void>;
  close(): Promise<void>;
}

export type OpenCrew = (options: CrewOptions) => Promise<Crew>;
