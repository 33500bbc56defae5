import { billOf } from './cost.js';
import type { Prices } from './prices.js';
import { ratesOf } from './rates.js';
import { coresOf } from './sizing.js';
import { SIZES, type Workload } from './workload.js';

/** A cheaper way to run the same hospital. */
export interface Saving {
  /** The setting, as a flag of `vitals deploy plan` and of what it stands for. */
  readonly setting: string;
  /** What one gives up. */
  readonly price: string;
  /** US dollars a month less. */
  readonly usd: number;
}

interface Choice {
  readonly setting: string;
  readonly price: string;
  readonly change: Partial<Workload>;
}

const CHOICES: readonly Choice[] = [
  {
    setting: '--engine direct',
    price: 'one process instead of workers that grow by themselves',
    change: { engine: 'direct' },
  },
  { setting: '--batch-seconds 5 (run_args)', price: 'rows are seen up to 4 s later', change: { batchSeconds: 5 } },
  { setting: '--batch-seconds 10 (run_args)', price: 'rows are seen up to 9 s later', change: { batchSeconds: 10 } },
  {
    setting: '--cpus 1 (size = "small")',
    price: 'less room for bursts; fewer shares write fewer files',
    change: SIZES.small,
  },
  {
    setting: '--cpus 2',
    price: 'less room for bursts; fewer shares write fewer files',
    change: { cpus: 2, memoryGib: 8 },
  },
  {
    setting: '--publish-batch 100',
    price: 'publish without ordering keys, a hundred at once: the lake does not need the order',
    change: { publishBatch: 100 },
  },
  {
    setting: '--topic-retention-days 7',
    price: 'a seek goes back a week at most',
    change: { topicRetentionDays: 7 },
  },
  {
    setting: '--topic-retention-days 1',
    price: 'a seek goes back a day at most',
    change: { topicRetentionDays: 1 },
  },
  {
    setting: '--noncurrent-days 1',
    price: 'what is deleted by mistake can be had back for a day, then from soft delete',
    change: { noncurrentDays: 1 },
  },
  {
    setting: '--soft-delete-days 0',
    price: 'a bucket that is deleted by mistake is gone',
    change: { softDeleteDays: 0 },
  },
  {
    setting: '--nearline-days 30',
    price: 'an audit or replay of older bronze pays 0.01 USD a GiB',
    change: { nearlineDays: 30 },
  },
  {
    setting: '--load gold',
    price: 'silver and bronze are asked in the lake or through BigLake',
    change: { loaded: 'gold' },
  },
  { setting: '--report-minutes 60', price: 'charts are up to an hour old', change: { reportMinutes: 60 } },
];

/** Less than this is not worth a line, US dollars a month. */
const LEAST_USD = 1;

/** What each cheaper setting would save by itself, the greatest first; what cannot carry the hospital is left out. */
export function savingsOf(load: Workload, prices: Prices): readonly Saving[] {
  const now = billOf(load, prices).usd;
  return choicesOf(load)
    .map(({ setting, price, change }) => ({ setting, price, usd: now - billOf({ ...load, ...change }, prices).usd }))
    .filter(({ usd }) => usd >= LEAST_USD)
    .sort((a, b) => b.usd - a.usd);
}

/** The same hospital with every setting at its cheapest, taken one after the other as long as each still saves. */
export function cheapestOf(load: Workload, prices: Prices): Workload {
  return choicesOf(load).reduce<Workload>((best, { change }) => {
    const other = { ...best, ...change };
    return suits(other, best) && billOf(other, prices).usd < billOf(best, prices).usd ? other : best;
  }, load);
}

function choicesOf(load: Workload): readonly Choice[] {
  return CHOICES.filter(({ change }) => suits({ ...load, ...change }, load));
}

/** A batch that would be full before its time is no choice; one machine must carry what is to run on one machine. */
function suits(other: Workload, load: Workload): boolean {
  const carried = other.engine === 'dataflow' || coresOf(other) <= other.cpus;
  const longer = other.batchSeconds > load.batchSeconds;
  const filled = longer && ratesOf(other).batches * other.batchSeconds > 1 + 1e-9;
  return carried && !filled && other.cpus <= load.cpus && other.batchSeconds >= load.batchSeconds;
}
