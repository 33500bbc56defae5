import type { Prices } from './prices.js';
import { usageOf } from './usage.js';
import { PARTS, type Part, type Usage } from './usage-line.js';
import type { Workload } from './workload.js';

/** One line of the bill: quantity times price. */
export interface CostLine extends Usage {
  readonly per: string;
  /** US dollars a month. */
  readonly usd: number;
}

/** The bill of a month in which everything that is kept has been kept for as long as it will be. */
export interface Bill {
  readonly lines: readonly CostLine[];
  /** US dollars a month by part, in the order of the parts. */
  readonly parts: readonly { readonly part: Part; readonly usd: number }[];
  readonly usd: number;
}

/** A pure function of workload and prices: no free tier, no discount, no tax. */
export function billOf(load: Workload, prices: Prices): Bill {
  const lines = usageOf(load).map((usage) => {
    const { usd, per } = prices[usage.price];
    return { ...usage, per, usd: usage.quantity * usd };
  });
  const parts = PARTS.map((part) => ({ part, usd: sum(lines.filter((line) => line.part === part)) }));
  return { lines, parts, usd: sum(lines) };
}

function sum(lines: readonly CostLine[]): number {
  return lines.reduce((total, { usd }) => total + usd, 0);
}
