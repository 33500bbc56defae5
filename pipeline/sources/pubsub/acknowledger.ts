import { setTimeout as sleep } from 'node:timers/promises';
import { isTransient } from '../../../brokers/pubsub/errors.js';
import type { Connection } from './connection.js';

export interface AcknowledgerOptions {
  readonly connection: Pick<Connection, 'acknowledge'>;
  /** Told of those that are over, one way or the other: their leases end. */
  readonly settled: (ackIds: readonly string[]) => void;
  readonly pauses?: { readonly firstMillis: number; readonly longestMillis: number; readonly patienceMillis: number };
}

/** Ids in a request: it may have 512 KiB, and an id has up to some 200 characters. */
export const IDS_PER_REQUEST = 1_000;
const PAUSES = { firstMillis: 100, longestMillis: 5_000, patienceMillis: 60_000 };
const POLL_MILLIS = 10;

/**
 * Sends acknowledgements in the order in which they are given, and again while the broker is away.
 *
 * On a subscription with exactly-once delivery the broker judges each id: what it calls transient is sent again before
 * anything else, what it calls permanent is given up. A failed acknowledgement is no loss: its message comes again and is
 * suppressed as a repeat. In order, because on an ordered subscription the broker refuses one that overtakes another.
 */
export class Acknowledger {
  #queue: string[] = [];
  #running = false;
  /** Rises when all ids that are known become void. */
  #generation = 0;
  #failed = 0;

  constructor(private readonly options: AcknowledgerOptions) {}

  /** Acknowledgements that were refused, or did not get through: so many messages may come again. */
  get failed(): number {
    return this.#failed;
  }

  send(ackIds: readonly string[]): void {
    for (const ackId of ackIds) this.#queue.push(ackId);
    if (!this.#running) void this.#run();
  }

  /** Gives up what is not sent: the ids belong to a stream that is gone. */
  abandon(): void {
    this.#generation += 1;
    this.#failed += this.#queue.length;
    this.#queue = [];
  }

  /** Waits until all is sent, but not longer than that. */
  async settle(milliseconds: number): Promise<void> {
    const end = performance.now() + milliseconds;
    while (this.#running && performance.now() < end) await sleep(POLL_MILLIS);
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#queue.length > 0) await this.#sendFirst();
    this.#running = false;
  }

  /** Sends the first ids until none of them is to be sent again. */
  async #sendFirst(): Promise<void> {
    const { connection, settled, pauses = PAUSES } = this.options;
    const generation = this.#generation;
    const started = performance.now();
    let ackIds: readonly string[] = this.#queue.slice(0, IDS_PER_REQUEST);
    for (let pause = pauses.firstMillis; ; pause = Math.min(2 * pause, pauses.longestMillis)) {
      const verdict = await connection.acknowledge(ackIds).then(
        () => ALL_WELL,
        (error: unknown) => judge(ackIds, error),
      );
      if (generation !== this.#generation) return;
      const hopeless = verdict.again.length > 0 && performance.now() - started >= pauses.patienceMillis;
      const over = hopeless ? ackIds : without(ackIds, verdict.again);
      this.#failed += hopeless ? ackIds.length : verdict.refused;
      this.#queue = this.#queue.slice(over.length);
      settled(over);
      if (hopeless || verdict.again.length === 0) return;
      this.#queue.splice(0, verdict.again.length, ...verdict.again);
      ackIds = verdict.again;
      await sleep(pause);
      if (generation !== this.#generation) return;
    }
  }
}

/** What the broker said of a request. */
interface Verdict {
  /** To be sent again, in order. */
  readonly again: readonly string[];
  /** How many it will never take. */
  readonly refused: number;
}

const ALL_WELL: Verdict = { again: [], refused: 0 };

/** With exactly-once delivery an error names the ids that failed, the others are taken; otherwise it is about all. */
function judge(ackIds: readonly string[], error: unknown): Verdict {
  const named = (error as { errorInfoMetadata?: Record<string, string> } | null)?.errorInfoMetadata ?? {};
  const failed = ackIds.filter((ackId) => named[ackId] !== undefined);
  if (failed.length > 0) {
    const again = failed.filter((ackId) => named[ackId]?.startsWith('TRANSIENT_'));
    return { again, refused: failed.length - again.length };
  }
  return isTransient(error) ? { again: ackIds, refused: 0 } : { again: [], refused: ackIds.length };
}

function without(ackIds: readonly string[], others: readonly string[]): readonly string[] {
  if (others.length === 0) return ackIds;
  const left = new Set(others);
  return ackIds.filter((ackId) => !left.has(ackId));
}
