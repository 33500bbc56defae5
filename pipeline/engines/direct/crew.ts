import { makePseudonymizer, type Pseudonymizer } from '../../../transforms/pseudonym.js';
import type { BatchToRun, Crew, CrewOptions } from '../micro-batch/crew.js';
import type { GraphSetting, SettleInstruction, ShareOutcome } from '../micro-batch/share.js';
import { openInlineHost, type ShareHost } from './host.js';
import { routeMessages } from './route.js';
import { openThreadHost } from './thread-host.js';

/** Shares that run the graph on Beam's DirectRunner: each owns a part of the patients, all of them work on every batch. */
export class DirectCrew implements Crew {
  /** The shares are busy with one batch; a second one would only cost memory. */
  readonly depth = 1;

  private constructor(
    private readonly hosts: readonly ShareHost[],
    private readonly pseudonym: Pseudonymizer,
    private readonly options: CrewOptions,
  ) {}

  /** @param workers worker threads; 0 keeps one share in this thread */
  static async open(options: CrewOptions, workers: number): Promise<DirectCrew> {
    const of = Math.max(1, workers);
    const open = workers === 0 ? openInlineHost : openThreadHost;
    const shares = Array.from({ length: of }, (_, index) => open({ ...options, index, of }));
    return new DirectCrew(await Promise.all(shares), makePseudonymizer(options.resources.pseudonymKey), options);
  }

  /** Deals a batch to the shares and runs the graph in each. */
  async run({ messages }: BatchToRun): Promise<void> {
    const dealt = routeMessages(messages, this.hosts.length, this.pseudonym, this.options.graph.decode);
    await Promise.all(this.hosts.map((host, index) => host.run(dealt[index] ?? [])));
  }

  async settle(instruction: SettleInstruction): Promise<ShareOutcome[]> {
    return Promise.all(this.hosts.map((host) => host.settle(instruction)));
  }

  async adopt(setting: GraphSetting): Promise<void> {
    await Promise.all(this.hosts.map((host) => host.adopt(setting)));
  }

  async close(): Promise<void> {
    await Promise.all(this.hosts.map((host) => host.close()));
  }
}
