import type { Message } from '../../transforms/reading.js';
import type { Reason } from '../../transforms/reject.js';
import { runGraph } from '../engines/direct/run-graph.js';
import { provideShareResources } from '../engines/micro-batch/share-resources.js';
import type { RunSetting } from '../engines/micro-batch/version-store.js';

/** A message of a lake, and which of its items were refused when it was run. */
export interface RefusedMessage {
  readonly message: Message;
  readonly items: readonly number[];
}

/** What running refused messages again would come to. */
export interface Trial {
  /** Messages of which at least one item that was refused would go through. */
  readonly repaired: readonly RefusedMessage[];
  /** Items that would go through. */
  readonly items: number;
  /** Items that would be refused again, by reason. */
  readonly refused: Readonly<Partial<Record<Reason, number>>>;
}

/** Messages of one trial run: what a micro-batch holds. */
const MESSAGES = 20_000;

/**
 * Runs refused messages through the graph in memory, to see which would go through now. Changes nothing.
 *
 * @param now the time of receipt that event times would be held against, epoch ms
 */
export async function tryAgain(messages: readonly RefusedMessage[], setting: RunSetting, now: number): Promise<Trial> {
  provideShareResources(setting);
  const repaired: RefusedMessage[] = [];
  const refused: Partial<Record<Reason, number>> = {};
  let items = 0;
  for (let start = 0; start < messages.length; start += MESSAGES) {
    const part = messages.slice(start, start + MESSAGES);
    const given = part.map(({ message }, offset) => ({ ...message, batch: 0, offset, receive_time: now }));
    const { rejects } = await runGraph(given, setting.graph);
    const again = new Map<string, Reason>();
    for (const { scope, offset, item, reason } of rejects) if (scope === 'item') again.set(`${offset}/${item}`, reason);
    part.forEach((one, offset) => {
      const reasons = one.items.map((item) => again.get(`${offset}/${item}`));
      for (const reason of reasons) if (reason !== undefined) refused[reason] = (refused[reason] ?? 0) + 1;
      const through = reasons.filter((reason) => reason === undefined).length;
      items += through;
      if (through > 0) repaired.push(one);
    });
  }
  return { repaired, items, refused };
}
