import { cleanse } from '../../../transforms/cleanse.js';
import { decode } from '../../../transforms/decode/index.js';
import type { Message } from '../../../transforms/reading.js';
import type { Reject } from '../../../transforms/reject.js';
import type { GraphOptions } from '../../graph.js';

/** What a message holds, by the graph's own first two stages. */
export interface Examined {
  /** Items that become rows. */
  readonly items: readonly number[];
  readonly rejects: readonly Reject[];
  /** Earliest event time of a row, Infinity when there is none. */
  readonly earliest: number;
}

/**
 * Decodes and cleanses a message in this process: what it refuses, exactly, and which rows must come. The pane of a
 * message may overtake its rejects, so these are never taken from a pane.
 */
export function examineMessage(message: Message, graph: GraphOptions): Examined {
  const decoded = decode(message, graph.decode);
  const rejects: Reject[] = [...decoded.rejects];
  const items: number[] = [];
  let earliest = Infinity;
  for (const reading of decoded.rows) {
    const cleansed = cleanse(reading, graph.cleanse);
    rejects.push(...cleansed.rejects);
    for (const row of cleansed.rows) {
      items.push(row.item);
      earliest = Math.min(earliest, row.event_time);
    }
  }
  return { items, rejects, earliest };
}
