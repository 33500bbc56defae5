import { commitPath } from '../../lake/delta/log-name.js';
import { manifestPath } from '../../lake/manifest-name.js';
import { tableFolder } from '../../lake/table-folder.js';
import { qualifiedName } from '../../schema/column.js';
import { GOLD_ALERT_EVENTS } from '../../schema/tables/gold-alert-events.js';
import type { Answers } from '../queries/answers.js';
import type { EventHub } from './event-hub.js';

/** How often a lake is looked at, milliseconds: two small requests each time, none of them a listing. */
const LOCAL_PERIOD = 250;
const BUCKET_PERIOD = 1_000;
/** Least time between two `commit` events, milliseconds. */
const COMMIT_PERIOD = 1_000;
/** Alerts that are sent after one look: those of the newest batches, the most severe of each. */
const MAX_ALERTS = 50;

/**
 * Follows a lake for those who listen: looks whether the next manifest or the next event of an alert is there, reads what is
 * new, and says so. A failure is no end: the next look tries again.
 */
export class Follower {
  readonly #period: number;
  /** How many events each alert has. */
  #lengths: ReadonlyMap<string, number> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #turn: Promise<void> | null = null;
  #again = false;
  #stopped = false;
  #batch: number | null = null;
  #saidAt = -Infinity;
  #saidBatch = 0;

  constructor(
    private readonly answers: Answers,
    private readonly hub: EventHub,
    private readonly clock: () => number,
  ) {
    this.#period = answers.store.storage.local ? LOCAL_PERIOD : BUCKET_PERIOD;
  }

  start(): void {
    this.#look();
  }

  /** Something was committed by this very process: look at once. */
  poke(): void {
    if (this.#turn !== null) this.#again = true;
    else this.#look();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#turn;
  }

  #look(): void {
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#stopped) return;
    this.#again = false;
    this.#turn = this.#follow()
      // No lake yet, a bucket that does not answer, a file that has just gone: all pass, and are told to whoever asks.
      .catch(() => undefined)
      .then(() => {
        this.#turn = null;
        if (this.#again) return this.#look();
        this.#timer = setTimeout(() => this.#look(), this.#period);
      });
  }

  async #follow(): Promise<void> {
    const { store } = this.answers;
    if (store.snapshot === null || (await this.#isBehind())) await store.refresh();
    await this.#tellAlerts();
    await this.#tellActions();
    await this.#tellCommit();
  }

  /** Whether the lake has something that the snapshot does not: the next batch, or the next event of an alert. */
  async #isBehind(): Promise<boolean> {
    const { snapshot, storage } = this.answers.store;
    if (snapshot === null) return true;
    const events = snapshot.tables.get(qualifiedName(GOLD_ALERT_EVENTS))?.version ?? -1;
    const next = [manifestPath(snapshot.sequence + 1), `${tableFolder(GOLD_ALERT_EVENTS)}${commitPath(events + 1)}`];
    return (await Promise.all(next.map((path) => storage.stat(path)))).some((found) => found !== null);
  }

  /** What is there when the server starts is on the pages already. */
  async #tellAlerts(): Promise<void> {
    const sequence = this.answers.store.snapshot?.sequence ?? 0;
    const known = (this.#batch ??= sequence);
    if (sequence <= known) return;
    if (this.hub.clients > 0) {
      for (const alert of await this.answers.alertsAfter(known, MAX_ALERTS)) this.hub.send('alert', alert);
    }
    this.#batch = sequence;
  }

  /** Each alert whose history has grown, once. */
  async #tellActions(): Promise<void> {
    const events = await this.answers.histories();
    const lengths = new Map(Array.from(events, ([id, history]) => [id, history.length]));
    const known = this.#lengths ?? lengths;
    this.#lengths = lengths;
    if (this.hub.clients === 0) return;
    for (const [id, length] of lengths) {
      if (known.get(id) === length) continue;
      const found = await this.answers.findAlert(id);
      if (found.state === 'raised') this.hub.send('action', found.alert);
    }
  }

  async #tellCommit(): Promise<void> {
    const now = this.clock();
    const state = await this.answers.state();
    if (state.batch === null || state.batch === this.#saidBatch || now - this.#saidAt < COMMIT_PERIOD) return;
    [this.#saidAt, this.#saidBatch] = [now, state.batch];
    this.hub.send('commit', state);
  }
}
