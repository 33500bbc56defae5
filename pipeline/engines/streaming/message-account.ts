import { scanPatientId } from '../../../transforms/decode/patient-scan.js';
import type { Suppressed } from '../../../transforms/deduplicate.js';
import type { Message, ScoredReading } from '../../../transforms/reading.js';
import type { Reject } from '../../../transforms/reject.js';
import type { GraphOptions } from '../../graph.js';
import { examineMessage, type Examined } from './examine-message.js';
import type { MessagePanes } from './pane-store.js';
import { fingerprint, messageKey } from './stream-message.js';

const NO_REJECTS: readonly Reject[] = Object.freeze([]);
const NO_PANES: MessagePanes = { rows: new Map(), suppressed: new Map(), refused: new Set() };
const ONE_ITEM: readonly number[] = Object.freeze([0]);

/** What became of a message, complete. */
export interface MessageOutcome {
  readonly rows: readonly ScoredReading[];
  readonly rejects: readonly Reject[];
  /** Items of which another message brought the same version. */
  readonly suppressed: number;
}

/** Whether the message that stayed in a repeat's place is in this batch or in an earlier one. */
export type IsKnown = (suppressed: Suppressed) => boolean;

/**
 * Keeps the account of one frozen message: which of its items panes have brought, until every one has ended as a row, a
 * reject or a copy of a known row.
 */
export class MessageAccount {
  readonly key: string;
  readonly #plain: boolean;
  #examined: Examined | null = null;

  constructor(
    readonly message: Message,
    private readonly graph: GraphOptions,
  ) {
    this.key = messageKey(fingerprint(message), message.message_id);
    this.#plain = scanPatientId(message.payload) !== null;
  }

  /**
   * The outcome, once panes have brought all of it; null while something is missing. A message that holds no row needs none.
   */
  settle(found: MessagePanes | undefined, isKnown: IsKnown): MessageOutcome | null {
    const panes = found ?? NO_PANES;
    const rows: ScoredReading[] = [];
    let suppressed = 0;
    for (const item of this.#awaited(panes)) {
      const row = panes.rows.get(item);
      if (row !== undefined) rows.push(row);
      else {
        const copy = panes.suppressed.get(item);
        if (copy === undefined || !isKnown(copy)) return null;
        suppressed += 1;
      }
    }
    return { rows: rows.map((row) => this.#placed(row)), rejects: this.#rejects(rows, suppressed), suppressed };
  }

  /** The outcome of a message whose twin, with the same fingerprint and id, has this one. */
  settleAsTwin(twin: MessageOutcome): MessageOutcome {
    return {
      rows: [],
      rejects: twin.rejects.length === 0 ? NO_REJECTS : this.examine().rejects,
      suppressed: twin.rows.length + twin.suppressed,
    };
  }

  examine(): Examined {
    this.#examined ??= examineMessage(this.message, this.graph);
    return this.#examined;
  }

  /** Items that must come as rows: of a flat object with one patient it is the one, unless it was refused. */
  #awaited(panes: MessagePanes): readonly number[] {
    const plain = this.#plain && this.#examined === null && panes.refused.size === 0;
    return plain ? ONE_ITEM : this.examine().items;
  }

  /** A field that was refused left a flag on its row; without flags nothing was. */
  #rejects(rows: readonly ScoredReading[], suppressed: number): readonly Reject[] {
    const plain = this.#examined === null && suppressed === 0 && rows.every((row) => row.flags === null);
    return plain ? NO_REJECTS : this.examine().rejects;
  }

  /** A row with its message's place in bronze. */
  #placed(row: ScoredReading): ScoredReading {
    const { batch, offset, receive_time } = this.message;
    return Object.assign(row, { batch, offset, receive_time });
  }
}
