import type { LakeSnapshot } from '../../lake/reader.js';
import { runDirect } from '../engines/direct/engine.js';
import type { MicroBatchOptions } from '../engines/micro-batch/options.js';
import type { RunStatus } from '../engines/micro-batch/status.js';
import type { SourceMessage } from '../sources/source.js';
import { deadLetterSource } from './dead-letter-source.js';
import { MessageListSource } from './message-list-source.js';
import { readRefused, type RefusedItem } from './read-refused.js';
import { tryAgain, type RefusedMessage, type Trial } from './try-again.js';

/** What a retry came to. */
export interface Retried {
  /** Messages that were looked at. */
  readonly messages: number;
  readonly trial: Trial;
  /** Null for a dry run, and where no message would go through. */
  readonly run: RunStatus['run'] | null;
}

/** How to run what goes through: as any run, without a source of its own. */
export type RetryOptions = Omit<MicroBatchOptions, 'source' | 'once'>;

/**
 * Runs messages of refused items again. Those of which nothing would go through are left as they are; the others are frozen
 * once more as a new batch, whose `source` says which message each repeats, and run like any other: rows land in silver, gold
 * and alerts where they would have been, items that silver has already are suppressed.
 *
 * Accounting (I1, I2): a message that is run again is one more message received, and every item of it ends once more, so the
 * sums hold; the dead letter of the first time stays, as what was known then.
 * Delivery: exactly once in silver and gold, as a run has it: a kill between freezing and committing is completed by the
 * next writer, and retrying again suppresses everything.
 *
 * @throws LakeError LOCKED while another process writes to the lake
 */
export async function retryDeadLetters(
  snapshot: LakeSnapshot,
  items: readonly RefusedItem[],
  options: RetryOptions,
  dryRun: boolean,
  signal: AbortSignal,
): Promise<Retried> {
  const refused = await readRefused(snapshot, items);
  const trial = await tryAgain(refused, options, options.clock());
  const messages = refused.length;
  if (dryRun || trial.repaired.length === 0) return { messages, trial, run: null };
  const source = new MessageListSource('dead-letter:retry', trial.repaired.map(again));
  const { run } = await runDirect({ ...options, source, once: true, recorded: !options.versions.check_clock }, signal);
  return { messages, trial, run };
}

/** Received now; published when it was. */
function again({ message }: RefusedMessage): SourceMessage {
  const { payload, attributes, dialect, message_id, publish_time } = message;
  return { payload, attributes, dialect, message_id, publish_time, source: deadLetterSource(message) };
}
