import { createHash } from 'node:crypto';
import { register, step, type PCollection } from '../../../beam/index.js';
import { openStorage } from '../../../lake/storage/open.js';
import { parDo, type Block } from '../../../transforms/block.js';
import { bucketOf } from '../../../transforms/bucket.js';
import type { GraphOutput } from '../../graph-output.js';
import { encodeOutcome } from './outcome-file.js';

/** Where an attempt writes what its graph makes. */
export interface OutcomeTarget {
  readonly lake: string;
  readonly folder: string;
  /** Shares that settle the batch; a row goes to the one that owns its patient, a row without a patient to the first. */
  readonly shares: number;
}

/** Hex digits of a file's SHA-256 in its name. */
const HASH_DIGITS = 32;

/** Gathers the rows of a bundle, and leaves them as one file when the bundle ends. */
export class WriteOutcome {
  /** Of the running bundle; made anew with each, because a DoFn is used again. */
  rows: object[] | null = null;

  constructor(
    readonly target: OutcomeTarget,
    readonly output: GraphOutput,
  ) {}

  startBundle(): void {
    this.rows = [];
  }

  *process(block: Block<object>): Generator<never> {
    for (const row of block) this.rows?.push(row);
  }

  async *finishBundle(): AsyncGenerator<never> {
    const rows = this.rows ?? [];
    this.rows = null;
    if (rows.length === 0) return;
    const { lake, folder, shares } = this.target;
    const bytes = encodeOutcome(dealToShares(rows, this.output, shares));
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, HASH_DIGITS);
    await openStorage(lake).putIfAbsent(`${folder}${this.output}/${hash}`, bytes);
  }
}

/** What tells the rows of a batch's output apart. */
const IDENTITY: Readonly<Record<GraphOutput, readonly string[]>> = {
  'silver.patient_vitals': ['offset', 'item'],
  'silver.dead_letter': ['offset', 'item', 'stage', 'field', 'reason', 'detail'],
  suppressed: ['offset', 'item'],
  'gold.patient_summary': ['patient_id', 'window_start'],
  'gold.vitals_hourly': ['patient_id', 'vital', 'window_start'],
  'gold.alerts': ['alert_id'],
  'gold.ward_alerts_hourly': ['ward', 'rule', 'severity', 'window_start'],
};

/** Rows by share, in an order of their own: a bundle that is tried again must find its own file. */
function dealToShares(rows: readonly object[], output: GraphOutput, shares: number): (readonly object[])[] {
  const identity = IDENTITY[output];
  const keyed = (rows as readonly Readonly<Record<string, unknown>>[]).map((row) => {
    let key = '';
    for (const column of identity) key += `${String(row[column])}\n`;
    return { key, row };
  });
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  const dealt: object[][] = Array.from({ length: shares }, () => []);
  for (const { row } of keyed) {
    const patient = row['patient_id'];
    dealt[typeof patient === 'string' ? bucketOf(patient, shares) : 0]?.push(row);
  }
  return dealt;
}

/**
 * Leaves an output of the graph as files of an attempt, named by content. Delivery: a file is whole and durable or not
 * there; the job is done when all of them are, and they count for nothing until the engine has settled and committed them.
 */
export function writeOutcome(target: OutcomeTarget, output: GraphOutput, rows: PCollection<never>): void {
  rows.apply(step(`Write ${output}`, parDo(new WriteOutcome(target, output) as never)) as never);
}

register('pipeline/engines/flink/write-outcome', { WriteOutcome });
