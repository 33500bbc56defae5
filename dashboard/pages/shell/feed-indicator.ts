import type { AnswerState } from '../../api.js';
import { attribute, h, text } from '../dom/element.js';
import { freshness, type Feed, type FeedState } from '../logic/freshness.js';
import { epoch } from '../logic/times.js';

/** Says whether what is shown is now: always a word, never a colour alone. */
export class FeedIndicator {
  readonly element = h('div', { class: 'feed', role: 'status' });
  private readonly label = h('strong');
  private readonly detail = h('span', { class: 'feed-detail' });
  private feed: Feed;
  private state: FeedState | null = null;
  /** This browser's clock less the server's, milliseconds. */
  private ahead = 0;

  constructor(snapshotOf: number | null) {
    this.feed = { snapshotOf, asOf: null, connected: true, retryAt: null, committedAt: null };
    this.element.append(h('span', { class: 'feed-dot', 'aria-hidden': 'true' }), this.label, this.detail);
    // The detail counts seconds: not to be read out each time.
    attribute(this.detail, 'aria-live', 'off');
    window.setInterval(() => this.update(), 1_000);
    this.update();
  }

  asOf(iso: string | undefined): void {
    this.feed = { ...this.feed, asOf: epoch(iso) };
    this.update();
  }

  connection(connected: boolean, retryAt: number | null): void {
    this.feed = { ...this.feed, connected, retryAt };
    this.update();
  }

  told(state: AnswerState): void {
    if (!state.live) return;
    this.ahead = Date.now() - (epoch(state.time) ?? Date.now());
    const committed = epoch(state.committed_at);
    if (committed === null) return;
    this.feed = { ...this.feed, committedAt: Math.max(this.feed.committedAt ?? 0, committed + this.ahead) };
    this.update();
  }

  private update(): void {
    const shown = freshness(this.feed, Date.now());
    text(this.label, shown.label);
    text(this.detail, shown.detail);
    if (shown.state === this.state) return;
    this.state = shown.state;
    attribute(this.element, 'data-state', shown.state);
  }
}
