import { alertsOf } from '../../../transforms/alert.js';
import { current } from '../../../transforms/current.js';
import { deduplicate } from '../../../transforms/deduplicate.js';
import type { ScoredReading } from '../../../transforms/reading.js';
import type { Reject } from '../../../transforms/reject.js';
import { summarize } from '../../../transforms/summarize.js';
import { trend } from '../../../transforms/trend.js';
import { countWardAlerts } from '../../../transforms/ward-alerts.js';
import type { GraphOutcome } from '../micro-batch/graph-outcome.js';
import type { MessageOutcome } from './message-account.js';

/** What a run of the graph in this process has made of the messages that panes did not bring. */
export type RowsOfRun = Pick<GraphOutcome, 'scored' | 'rejects' | 'suppressed'>;

/**
 * The outcome of a batch as one bounded run of the graph would have it, out of the rows of panes and of a run in this
 * process. A pane spans batches, so its aggregates belong to none: they are computed here from the batch's rows, by the
 * graph's own pure functions. Rows come in the order of the batch, whatever the order of the panes was.
 */
export function batchOutcome(
  outcomes: Iterable<MessageOutcome>,
  run: RowsOfRun | null,
  ruleVersion: string,
): GraphOutcome {
  const rows: ScoredReading[] = [];
  const rejects: Reject[] = [];
  let suppressed = run?.suppressed ?? 0;
  for (const outcome of outcomes) {
    for (const row of outcome.rows) rows.push(row);
    for (const reject of outcome.rejects) rejects.push(reject);
    suppressed += outcome.suppressed;
  }
  for (const block of run?.scored ?? []) for (const row of block) rows.push(row);
  for (const reject of run?.rejects ?? []) rejects.push(reject);
  rows.sort(inOrderOfBatch);
  rejects.sort(inOrderOfBatch);
  const unique = deduplicate(rows);
  const standing = current(unique.rows);
  const alerts = standing.flatMap((row) => alertsOf(row, ruleVersion));
  return {
    scored: [unique.rows],
    rejects,
    suppressed: suppressed + unique.suppressed.length,
    minutes: summarize(standing),
    hours: trend(standing),
    alerts,
    wardAlerts: countWardAlerts(alerts),
  };
}

interface Placed {
  readonly offset: number;
  readonly item: number;
}

function inOrderOfBatch(a: Placed, b: Placed): number {
  return a.offset - b.offset || a.item - b.item;
}
