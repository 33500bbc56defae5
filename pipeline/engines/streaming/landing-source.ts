import { concurrently } from '../../../lake/concurrently.js';
import type { Storage } from '../../../lake/storage/storage.js';
import type { Pulled, PullLimits, Source, SourceMessage, SourcePositions } from '../../sources/source.js';
import { decodeLanding } from './landing-file.js';
import { RecentKeys } from './recent-keys.js';
import { sleep } from '../../sleep.js';
import { landingFolder } from './stream-folder.js';

/** Deliveries that a repeat is recognised among: an hour of 100 messages a second, seconds of 100,000. */
const RECENT_DELIVERIES = 200_000;

/**
 * What an unbounded job has landed, as a source of the committer's loop: whole files, their positions the names of those
 * that were taken.
 *
 * Delivery: each file once; its bronze commit names it, and it is deleted after that. A message that the broker delivers
 * again to another bundle is left out while it is remembered; after a restart it may stand in bronze twice, and silver
 * settles it.
 */
export class LandingSource implements Source {
  /** Names of files that bronze has, which may still be there. */
  #taken = new Set<string>();
  /** The last name taken: files are taken in turn, so that none waits for ever behind names that sort before it. */
  #cursor = '';
  #pulled = false;
  #ended = false;
  /** What was there when the end was first seen; null before. A job that goes on may land more, for the next run. */
  #rest: ReadonlySet<string> | null = null;
  readonly #deliveries = new RecentKeys(RECENT_DELIVERIES);
  readonly #folder: string;

  /**
   * @param url of the source that the job reads, without secrets, as it stands in bronze
   * @param onDrained called when the job has ended and everything that landed has been pulled
   */
  constructor(
    private readonly storage: Storage,
    job: string,
    readonly url: string,
    private readonly onDrained: () => void = () => {},
  ) {
    this.#folder = landingFolder(job);
  }

  /** Whether a batch that runs now may be one that an earlier process froze: nobody waits for its panes. */
  get hasPulled(): boolean {
    return this.#pulled;
  }

  async resume(positions: SourcePositions | null): Promise<void> {
    this.#taken = new Set((positions?.['landed'] ?? []) as readonly string[]);
    await this.#deleteTaken();
  }

  async pull(limits: PullLimits): Promise<Pulled> {
    this.#pulled = true;
    const ended = this.#ended;
    let names = await this.#waiting();
    if (ended) {
      this.#rest ??= new Set(names);
      names = names.filter((name) => this.#rest?.has(name));
    }
    const messages: SourceMessage[] = [];
    let bytes = 0;
    let next = 0;
    while (next < names.length && messages.length < limits.messages && bytes < limits.bytes) {
      const some = names.slice(next, next + FILES_AT_ONCE);
      next += some.length;
      const contents = await concurrently(some, (name) => this.storage.readRange(this.#folder + name, 0, null));
      for (const [i, content] of contents.entries()) {
        if (content === null) continue;
        bytes += content.length;
        this.#take(some[i] as string, content, messages);
      }
    }
    const drained = next >= names.length;
    if (ended && drained && messages.length === 0) this.onDrained();
    return {
      messages,
      positions: { landed: [...this.#taken] },
      drained,
      acknowledge: () => this.#deleteTaken(),
    };
  }

  /** The job has ended, or is left alone: what is there now is the rest. */
  end(): void {
    this.#ended = true;
  }

  wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    return sleep(milliseconds, signal);
  }

  async close(): Promise<void> {}

  #take(name: string, content: Uint8Array, messages: SourceMessage[]): void {
    this.#taken.add(name);
    this.#cursor = name;
    for (const message of decodeLanding(content)) {
      const { delivery } = message;
      if (delivery !== null) {
        if (this.#deliveries.has(delivery)) continue;
        this.#deliveries.add(delivery);
      }
      messages.push(message);
    }
  }

  async #waiting(): Promise<string[]> {
    const paths = await this.storage.list(this.#folder);
    const names = paths.map((path) => path.slice(this.#folder.length)).filter((name) => !this.#taken.has(name));
    const turn = names.findIndex((name) => name > this.#cursor);
    return turn <= 0 ? names : [...names.slice(turn), ...names.slice(0, turn)];
  }

  async #deleteTaken(): Promise<void> {
    await concurrently([...this.#taken], (name) => this.storage.delete(this.#folder + name));
    this.#taken.clear();
  }
}

const FILES_AT_ONCE = 16;
