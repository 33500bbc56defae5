import { ONE_MINUTE } from '../../../transforms/window.js';
import type { BatchAccount } from './batch-account.js';
import type { PaneStore } from './pane-store.js';
import { sleep } from '../../sleep.js';

/** How long the committer waits for panes. */
export interface Patience {
  /** Milliseconds between two looks at the pane files. */
  readonly pollMillis: number;
  /** Milliseconds without news, once most of a batch has come, after which the rest is run here. */
  readonly stragglerMillis: number;
  /** Milliseconds without news of a batch after which all of it is run here: the job is slow, or restarting. */
  readonly silenceMillis: number;
  /** Lateness of the job's windows: what is older than this the runner drops. */
  readonly latenessMillis: number;
}

/** How many messages a run has committed, and how many of them were run in this process. */
export interface FeedCounts {
  readonly messages: number;
  readonly ranHere: number;
}

/** A batch of which more than this share has come misses stragglers, not its panes. */
const MOST = 0.8;

/** Feeds batches with panes as they appear, until each is complete or waiting longer makes no sense. */
export class PaneFeed {
  #looking: Promise<boolean> | null = null;
  #ended = new AbortController();
  #counts: FeedCounts = { messages: 0, ranHere: 0 };

  /** @param isLeftOver whether batches that run now were frozen by an earlier process, whose panes are not waited for */
  constructor(
    readonly panes: PaneStore,
    private readonly patience: Patience,
    private readonly clock: () => number,
    private readonly isLeftOver: () => boolean,
  ) {}

  get counts(): FeedCounts {
    return this.#counts;
  }

  /** The job has ended: what panes have not brought will not come. */
  end(): void {
    this.#ended.abort();
  }

  /** Fills a batch; what is still missing then is forsaken. */
  async fill(account: BatchAccount): Promise<void> {
    if (this.isLeftOver()) account.forsakeAll();
    const wanted = account.waiting;
    let lastNews = this.clock();
    while (account.waiting > 0) {
      const ended = this.#ended.signal.aborted;
      await this.#look();
      if (account.take(this.panes) > 0) lastNews = this.clock();
      if (ended) account.forsakeAll();
      const most = account.waiting <= wanted * (1 - MOST);
      if (most) account.forsakeOlderThan(this.panes.latestEventTime - this.patience.latenessMillis - ONE_MINUTE);
      const patience = most ? this.patience.stragglerMillis : this.patience.silenceMillis;
      if (this.clock() - lastNews >= patience) account.forsakeAll();
      if (account.waiting > 0) await sleep(this.patience.pollMillis, this.#ended.signal);
    }
  }

  count(messages: number, ranHere: number): void {
    this.#counts = { messages: this.#counts.messages + messages, ranHere: this.#counts.ranHere + ranHere };
  }

  /** One look at the pane files at a time, for all batches that wait. */
  #look(): Promise<boolean> {
    this.#looking ??= this.panes.refresh().finally(() => (this.#looking = null));
    return this.#looking;
  }
}
