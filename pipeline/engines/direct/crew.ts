import { makePseudonymizer, type Pseudonymizer } from '../../../transforms/pseudonym.js';
import type { Message } from '../../../transforms/reading.js';
import { openInlineHost, type ShareHost } from './host.js';
import { routeMessages } from './route.js';
import type { SettleInstruction, ShareOptions, ShareOutcome } from './share.js';
import { openThreadHost } from './thread-host.js';

/** What all shares of a run have in common. */
export type CrewOptions = Omit<ShareOptions, 'index' | 'of'>;

/** The shares of a run: each owns a part of the patients, all of them work on every batch. */
export class Crew {
  private constructor(
    private readonly hosts: readonly ShareHost[],
    private readonly pseudonym: Pseudonymizer,
    private readonly options: CrewOptions,
  ) {}

  /** @param workers worker threads; 0 keeps one share in this thread */
  static async open(options: CrewOptions, workers: number): Promise<Crew> {
    const of = Math.max(1, workers);
    const open = workers === 0 ? openInlineHost : openThreadHost;
    const shares = Array.from({ length: of }, (_, index) => open({ ...options, index, of }));
    return new Crew(await Promise.all(shares), makePseudonymizer(options.resources.pseudonymKey), options);
  }

  /** Deals a batch to the shares and runs the graph in each. */
  async run(messages: readonly Message[]): Promise<void> {
    const dealt = routeMessages(messages, this.hosts.length, this.pseudonym, this.options.graph.decode);
    await Promise.all(this.hosts.map((host, index) => host.run(dealt[index] ?? [])));
  }

  async settle(instruction: SettleInstruction): Promise<ShareOutcome[]> {
    return Promise.all(this.hosts.map((host) => host.settle(instruction)));
  }

  async close(): Promise<void> {
    await Promise.all(this.hosts.map((host) => host.close()));
  }
}
