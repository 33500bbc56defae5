import type { Message } from '../../../transforms/reading.js';
import type { GraphOptions } from '../../graph.js';
import { MessageAccount, type MessageOutcome } from './message-account.js';
import type { PaneStore } from './pane-store.js';
import { messageKey } from './stream-message.js';

/** Keeps the account of a frozen batch while its panes arrive. */
export class BatchAccount {
  readonly #waiting = new Map<string, MessageAccount>();
  /** Further messages with the fingerprint and the id of one of the batch. */
  readonly #twins: { readonly account: MessageAccount; readonly of: string }[] = [];
  readonly #outcomes = new Map<string, MessageOutcome>();
  /** Messages that this process has to run. */
  readonly #forsaken: MessageAccount[] = [];
  readonly keys: ReadonlySet<string>;

  constructor(messages: readonly Message[], graph: GraphOptions, panes: PaneStore) {
    const keys = new Set<string>();
    for (const message of messages) {
      const account = new MessageAccount(message, graph);
      if (panes.wasUsed(account.key)) this.#forsaken.push(account);
      else if (keys.has(account.key)) this.#twins.push({ account, of: account.key });
      else this.#waiting.set(account.key, account);
      keys.add(account.key);
    }
    this.keys = keys;
  }

  /** Messages that panes have not brought whole. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Takes what panes hold. @returns how many messages that completed */
  take(panes: PaneStore): number {
    const before = this.#waiting.size;
    for (const [key, account] of this.#waiting) {
      const outcome = account.settle(panes.get(key), (copy) => {
        const kept = messageKey(copy.kept_offset, copy.kept_message_id);
        // Of a message that was delivered twice into one pane a copy was dropped in favour of itself: its row is still to come.
        return kept !== key && (this.keys.has(kept) || panes.wasUsed(kept));
      });
      if (outcome === null) continue;
      this.#outcomes.set(key, outcome);
      this.#waiting.delete(key);
    }
    return before - this.#waiting.size;
  }

  /** Stops waiting for messages whose event time is before this: the runner has dropped them as too late. */
  forsakeOlderThan(eventTime: number): void {
    for (const account of this.#waiting.values()) if (account.examine().earliest < eventTime) this.#forsake(account);
  }

  /** Stops waiting for everything. */
  forsakeAll(): void {
    for (const account of this.#waiting.values()) this.#forsake(account);
  }

  /** What has to be run here, in the order of the batch. */
  missing(): Message[] {
    const twins = this.#twins.filter(({ of }) => !this.#outcomes.has(of)).map(({ account }) => account);
    return [...this.#forsaken, ...twins].map(({ message }) => message).sort((a, b) => a.offset - b.offset);
  }

  /** What panes have brought. */
  *outcomes(): Generator<MessageOutcome> {
    yield* this.#outcomes.values();
    for (const { account, of } of this.#twins) {
      const twin = this.#outcomes.get(of);
      if (twin !== undefined) yield account.settleAsTwin(twin);
    }
  }

  #forsake(account: MessageAccount): void {
    this.#waiting.delete(account.key);
    this.#forsaken.push(account);
  }
}
