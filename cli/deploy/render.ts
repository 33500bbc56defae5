import type { DeployPlan } from './plan.js';
import type { CostLine } from './cost.js';
import type { Workload } from './workload.js';

/** Lines of the bill below this are shown with their part only, US dollars a month. */
const LEAST_USD = 0.5;

/** The plan as text for a terminal. */
export function renderPlan(plan: DeployPlan): string {
  return [
    heading(plan),
    '',
    'Would be made (terraform/modules):',
    ...plan.modules.map(({ name, makes }) => `  ${name.padEnd(14)} ${makes}`),
    '',
    ...machines(plan),
    '',
    `The bill of a month, when ${plan.workload.afterDays} days of data have piled up:`,
    ...bill(plan),
    '',
    'Cheaper, each by itself:',
    ...savings(plan),
    '',
    'In this order:',
    ...plan.steps.flatMap(({ title, commands }, at) => [
      `  ${at + 1}. ${title}`,
      ...commands.map((command) => `     ${command}`),
    ]),
    '',
    ...fineprint(plan),
    '',
  ].join('\n');
}

/** Where the money goes, in words: the parts that are an eighth of the bill and more, the greatest first. */
export function largestParts({ bill: { parts, usd } }: Pick<DeployPlan, 'bill'>): string {
  return [...parts]
    .sort((a, b) => b.usd - a.usd)
    .filter((part) => part.usd >= usd / 8)
    .map(({ part, usd: amount }) => `${part} ${Math.round((100 * amount) / usd)}%`)
    .join(', ');
}

/** US dollars, whole from ten on. */
export function dollars(usd: number): string {
  const digits = usd >= 10 ? 0 : 2;
  return usd.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function heading({ target, workload }: DeployPlan): string {
  return `${target.project} in ${target.region}, ${workload.environment}: ${describeWorkload(workload)}`;
}

/** The workload in one line. */
export function describeWorkload({ patients, intervalSeconds, engine, batchSeconds }: Workload): string {
  const people = patients.toLocaleString('en-US');
  return `${people} patients, a reading every ${intervalSeconds} s each, engine ${engine}, a batch every ${batchSeconds} s`;
}

function machines({ sizing }: DeployPlan): readonly string[] {
  const { vcpus, memoryGib, shares, dataflowWorkers } = sizing;
  const run = `Worker pool vitals-stream: ${vcpus} vCPU, ${memoryGib} GiB, --workers ${shares}`;
  return [dataflowWorkers === 0 ? run : `${run}; Dataflow: ${dataflowWorkers} workers of 2 vCPU`];
}

function bill(plan: DeployPlan): readonly string[] {
  const { parts, lines, usd } = plan.bill;
  const rows = parts.flatMap(({ part, usd: amount }) => [
    `  ${part.padEnd(40)} ${dollars(amount).padStart(9)}`,
    ...lines.filter((line) => line.part === part && line.usd >= LEAST_USD).map(item),
  ]);
  return [
    ...rows,
    `  ${'US dollars a month'.padEnd(40)} ${dollars(usd).padStart(9)}`,
    `  Most of it: ${largestParts(plan)}`,
  ];
}

function item({ item: name, usd, quantity, per }: CostLine): string {
  return `    ${name.padEnd(38)} ${dollars(usd).padStart(9)}  ${amountOf(quantity)} ${per}`;
}

function amountOf(quantity: number): string {
  return quantity.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}

function savings({ savings: found, cheapestUsd }: DeployPlan): readonly string[] {
  if (found.length === 0) return ['  nothing: every setting is at its cheapest'];
  return [
    ...found.map(({ setting, usd, price }) => `  ${setting.padEnd(30)} ${dollars(usd).padStart(6)} less: ${price}`),
    `  ${'all of them together'.padEnd(30)} ${dollars(cheapestUsd).padStart(6)} a month`,
  ];
}

function fineprint({ target, prices }: DeployPlan): readonly string[] {
  const source = prices.file === null ? '' : ` with changes from ${prices.file}`;
  const elsewhere =
    target.region === prices.region
      ? []
      : [`${target.region} may cost more or less than ${prices.region}: --prices FILE.`];
  return [
    `List prices of ${prices.region} as put together on ${prices.on}${source}, without free tiers, discounts and taxes:`,
    'check them before you rely on them (docs/costs.md). Nothing was asked of Google Cloud, and nothing was made.',
    ...elsewhere,
    'Not a medical device: not to be used to care for patients.',
  ];
}
