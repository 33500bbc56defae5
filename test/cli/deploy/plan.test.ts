import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { MODULES } from '../../../cli/deploy/modules.js';
import { ACCOUNTS_OUTPUT, OUTPUT_NAMES, readOutputs } from '../../../cli/deploy/outputs.js';
import { planDeployment } from '../../../cli/deploy/plan.js';
import { LIST_PRICES } from '../../../cli/deploy/prices.js';
import { readPrices } from '../../../cli/deploy/read-prices.js';
import { renderPlan } from '../../../cli/deploy/render.js';
import { ENVIRONMENT_DEFAULTS, ENVIRONMENTS, SIZES, type Workload } from '../../../cli/deploy/workload.js';
import { withFile } from './with-file.js';

const TARGET = { project: 'my-hospital', region: 'europe-west4' };
const BOOK = { prices: LIST_PRICES, file: null };
const LOAD: Workload = {
  ...ENVIRONMENT_DEFAULTS.prod,
  environment: 'prod',
  engine: 'direct',
  patients: 500,
  intervalSeconds: 1,
};
const TERRAFORM = new URL('../../../terraform/', import.meta.url);
const terraform = (path: string) => readFileSync(new URL(path, TERRAFORM), 'utf8');

describe('what would be made is what terraform/ makes', () => {
  test('every module but the one that joins them is named, and no other', () => {
    const folders = readdirSync(new URL('modules/', TERRAFORM)).filter((name) => name !== 'environment');
    expect(MODULES.map(({ name }) => name).sort()).toEqual(folders.sort());
  });

  test.each(ENVIRONMENTS)('the settings of %s are those of its main.tf', (environment) => {
    const text = terraform(`envs/${environment}/main.tf`);
    const setting = (name: string) => new RegExp(`^\\s*${name}\\s*= "?([^"\\n]+)"?$`, 'm').exec(text)?.[1];
    const number = (name: string) => (setting(name) === undefined ? null : Number(setting(name)));
    const { cpus, memoryGib, hardwareKeys, ...days } = ENVIRONMENT_DEFAULTS[environment];
    expect({ cpus, memoryGib }).toEqual(SIZES[setting('size') as keyof typeof SIZES]);
    expect(hardwareKeys).toBe(setting('key_protection') === 'HSM');
    expect(days).toMatchObject({
      topicRetentionDays: number('retention_days'),
      nearlineDays: number('nearline_days'),
      coldlineDays: number('coldline_days'),
      noncurrentDays: number('noncurrent_days'),
      softDeleteDays: number('soft_delete_days'),
    });
  });

  test('the sizes are those of the environment module', () => {
    const text = terraform('modules/environment/running.tf');
    for (const [name, { cpus, memoryGib }] of Object.entries(SIZES)) {
      expect(text).toMatch(new RegExp(`${name} = \\{ cpus = ${cpus}, memory_gib = ${memoryGib},`));
    }
  });

  test.each(ENVIRONMENTS)('%s has every output that is read', (environment) => {
    const names = [...terraform(`envs/${environment}/outputs.tf`).matchAll(/^output "(\w+)"/gm)].map(
      ([, name]) => name,
    );
    expect(names).toEqual(expect.arrayContaining([...Object.values(OUTPUT_NAMES), ACCOUNTS_OUTPUT]));
  });
});

describe('the text of a plan', () => {
  const text = renderPlan(planDeployment(TARGET, LOAD, BOOK, {}));

  test('names what it rests on, and that it is no medical device', () => {
    expect(text).toContain('List prices of europe-west4 as put together on');
    expect(text).toContain('Not a medical device');
  });

  test('says where most of the money goes, and what is cheaper', () => {
    expect(text).toMatch(/Most of it: Storage: operations \d+%, Keys and secrets \d+%/);
    expect(text).toMatch(/--batch-seconds 10 \(run_args\) +\d+ less/);
  });

  test('has the commands in order: sign in, state, apply, images, apply again, look, load', () => {
    const order = ['auth application-default login', 'buckets create', 'terraform -chdir=terraform/envs/prod init'];
    order.push('secrets versions add', 'build-image.sh vitals', '-var image=', 'output -json', 'vitals load');
    const places = order.map((command) => text.indexOf(command));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThan(0);
  });

  test('a region without prices of its own is said to be so', () => {
    const elsewhere = renderPlan(planDeployment({ ...TARGET, region: 'us-central1' }, LOAD, BOOK, {}));
    expect(elsewhere).toContain('us-central1 may cost more or less than europe-west4');
    expect(text).not.toContain('may cost more or less');
  });

  test('with Dataflow the workers are paid for, and their image is built', () => {
    const dataflow = planDeployment(TARGET, { ...LOAD, engine: 'dataflow' }, BOOK, {});
    expect(dataflow.bill.usd).toBeGreaterThan(planDeployment(TARGET, LOAD, BOOK, {}).bill.usd);
    expect(renderPlan(dataflow)).toContain('build-image.sh vitals-worker');
    expect(dataflow.savings.map(({ setting }) => setting)).toContain('--engine direct');
  });

  test('what Terraform has made is named as it says', () => {
    const names = { lake: 'gs://other/lake', topic: 'pubsub:projects/my-hospital/topics/beds' };
    const named = renderPlan(planDeployment(TARGET, LOAD, BOOK, names));
    expect(named).toContain('--lake gs://other/lake');
    expect(named).toContain('--sink pubsub:projects/my-hospital/topics/beds');
  });
});

describe('each of these is one clear line', () => {
  const plan = (target: Partial<typeof TARGET>, load: Partial<Workload>) => () =>
    planDeployment({ ...TARGET, ...target }, { ...LOAD, ...load }, BOOK, {});

  test.each([
    ['a project by its name', plan({ project: 'My Hospital' }, {}), /^--project: My Hospital is not the id/],
    ['a zone for a region', plan({ region: 'europe-west4-a' }, {}), /^--region: europe-west4-a is not a region/],
    ['no patients', plan({}, { patients: 0 }), /^--patients: 0 is out of range/],
    ['an interval of nothing', plan({}, { intervalSeconds: 0 }), /^--interval: 0 is out of range/],
    ['more than a process carries', plan({}, { patients: 100_000 }), /^--engine direct: 100000 readings a second/],
    ['too few processors', plan({}, { patients: 9_000, cpus: 1 }), /^--cpus: 1 are too few .* at least 4\.$/],
    [
      'a topic that keeps too long',
      plan({}, { topicRetentionDays: 32 }),
      /^--topic-retention-days: 32 is out of range/,
    ],
  ])('%s', (_, work, pattern) => {
    expect(work).toThrow(pattern);
  });

  test.each([
    ['{"pubsub_tibs": 1}', /--prices: .* prices pubsub_tibs, which is not known/],
    ['{"pubsub_tib": "40"}', /--prices: .* says "40" for pubsub_tib, which is no price/],
    ['{"pubsub_tib": -1}', /--prices: .* says -1 for pubsub_tib/],
    ['[1]', /--prices: .* is no object/],
    ['{', /--prices: .* is no JSON/],
  ])('a file of prices with %s', async (text, pattern) => {
    await withFile(text, (file) => expect(readPrices(file)).rejects.toThrow(pattern));
  });

  test.each([
    ['{"project":{"value":7}}', /--outputs: .* has 7 as project/],
    ['{"service_accounts":{"value":{"pipeline":1}}}', /--outputs: .* as service_accounts/],
    ['no', /--outputs: .* is no JSON/],
  ])('a file of outputs with %s', async (text, pattern) => {
    await withFile(text, (file) => expect(readOutputs(file)).rejects.toThrow(pattern));
  });

  test('files that are not there', async () => {
    await expect(readPrices('/nowhere/prices.json')).rejects.toThrow(/--prices: .* cannot be read \(ENOENT\)/);
    await expect(readOutputs('/nowhere/outputs.json')).rejects.toThrow(/--outputs: .* cannot be read \(ENOENT\)/);
  });
});

test('a file of prices replaces those that it names, and the bill follows', async () => {
  await withFile('{"pubsub_tib": 80}', async (file) => {
    const book = await readPrices(file);
    const before = planDeployment(TARGET, LOAD, BOOK, {}).bill;
    const after = planDeployment(TARGET, LOAD, book, {}).bill;
    const paid = before.lines.filter(({ price }) => price === 'pubsub_tib').reduce((sum, { usd }) => sum + usd, 0);
    expect(after.usd - before.usd).toBeCloseTo(paid, 6);
    expect(renderPlan(planDeployment(TARGET, LOAD, book, {}))).toContain(`with changes from ${file}`);
  });
});
