import { checkPlace } from '../../pipeline/engines/dataflow/check-options.js';
import { ConfigurationError } from '../../schema/errors.js';
import { billOf, type Bill } from './cost.js';
import { MODULES, type Module } from './modules.js';
import type { DeployedNames } from './outputs.js';
import { PRICED_ON, PRICED_REGION } from './prices.js';
import type { PriceBook } from './read-prices.js';
import { cheapestOf, savingsOf, type Saving } from './savings.js';
import { coresOf, DIRECT_LIMIT, sizingOf, type Sizing } from './sizing.js';
import { stepsOf, type Step, type Target } from './steps.js';
import { checkWorkload, type Workload } from './workload.js';

/** Everything that `vitals deploy plan` says. */
export interface DeployPlan {
  readonly target: Target;
  readonly workload: Workload;
  readonly sizing: Sizing;
  readonly modules: readonly Module[];
  readonly bill: Bill;
  readonly savings: readonly Saving[];
  /** US dollars a month with every setting at its cheapest. */
  readonly cheapestUsd: number;
  readonly steps: readonly Step[];
  /** What the figures rest on. */
  readonly prices: { readonly region: string; readonly on: string; readonly file: string | null };
}

/**
 * Plans a deployment: a pure function, without network and credentials.
 *
 * @throws ConfigurationError for a name that breaks the service's rules, or a hospital that one engine cannot carry
 */
export function planDeployment(target: Target, workload: Workload, book: PriceBook, names: DeployedNames): DeployPlan {
  checkPlace(target);
  checkWorkload(workload);
  const rate = workload.patients / workload.intervalSeconds;
  if (workload.engine === 'direct' && rate > DIRECT_LIMIT) {
    const problem = `${Math.round(rate)} readings a second are more than one instance carries (${DIRECT_LIMIT})`;
    throw new ConfigurationError('--engine direct', problem, 'Use --engine dataflow, or several lakes.');
  }
  const cores = coresOf(workload);
  if (workload.engine === 'direct' && cores > workload.cpus) {
    const problem = `${workload.cpus} are too few for ${Math.round(rate)} readings a second`;
    throw new ConfigurationError('--cpus', problem, `Give at least ${cores <= 1 ? 1 : 2 * Math.ceil(cores / 2)}.`);
  }
  return {
    target,
    workload,
    sizing: sizingOf(workload),
    modules: MODULES,
    bill: billOf(workload, book.prices),
    savings: savingsOf(workload, book.prices),
    cheapestUsd: billOf(cheapestOf(workload, book.prices), book.prices).usd,
    steps: stepsOf(target, workload, names),
    prices: { region: PRICED_REGION, on: PRICED_ON, file: book.file },
  };
}
