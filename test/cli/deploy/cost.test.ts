import { describe, expect, test } from '@jest/globals';
import { billOf } from '../../../cli/deploy/cost.js';
import { LIST_PRICES } from '../../../cli/deploy/prices.js';
import { cheapestOf, savingsOf } from '../../../cli/deploy/savings.js';
import { PARTS } from '../../../cli/deploy/usage-line.js';
import { ENVIRONMENT_DEFAULTS, type Workload } from '../../../cli/deploy/workload.js';

const LOAD: Workload = {
  ...ENVIRONMENT_DEFAULTS.prod,
  environment: 'prod',
  engine: 'direct',
  patients: 500,
  intervalSeconds: 1,
};
const usd = (change: Partial<Workload>) => billOf({ ...LOAD, ...change }, LIST_PRICES).usd;
const quantity = (change: Partial<Workload>, item: string) =>
  billOf({ ...LOAD, ...change }, LIST_PRICES).lines.find((line) => line.item === item)?.quantity ?? NaN;

test('the bill is the sum of its lines, and of its parts', () => {
  const bill = billOf(LOAD, LIST_PRICES);
  expect(bill.parts.map(({ part }) => part)).toEqual([...PARTS]);
  expect(bill.parts.reduce((sum, part) => sum + part.usd, 0)).toBeCloseTo(bill.usd, 6);
  for (const line of bill.lines) expect(line.usd).toBeCloseTo(line.quantity * LIST_PRICES[line.price].usd, 9);
});

describe('the quantities, worked out by hand for 500 patients at a reading a second', () => {
  // 500 x 2,628,000 s x (336 + 63) bytes, in TiB.
  test('delivered', () => expect(quantity({}, 'delivered')).toBeCloseTo(0.47684, 4));
  test('published a hundred at once', () =>
    expect(quantity({ publishBatch: 100 }, 'published')).toBeCloseTo(0.47684, 4));
  // A message of 399 bytes alone in its request counts for 1,000.
  test('published one by one, as an ordering key a patient makes it', () =>
    expect(quantity({}, 'published') / quantity({}, 'delivered')).toBeCloseTo(1_000 / 399, 9));
  // 500/s x 399 bytes x 7 days, in GiB.
  test('kept by the topic', () => expect(quantity({}, 'kept for replay')).toBeCloseTo(112.37, 1));
  // 500/s x 134.6 bytes x 90 days between the ages of 30 and 120.
  test('Nearline', () => expect(quantity({}, 'Nearline (bronze)')).toBeCloseTo(487.4, 1));
  // One commit a second is 2,628,000 commits a month.
  test('writes', () => expect(quantity({}, 'writes, listings (class A)') / 2_628_000).toBeGreaterThan(9));
  test('vCPU seconds', () => expect(quantity({}, 'engine, vCPU')).toBe(4 * 2_628_000));
});

describe('more costs more', () => {
  test.each<[string, Partial<Workload>]>([
    ['more patients', { patients: 600 }],
    ['more often', { intervalSeconds: 0.5 }],
    ['Dataflow', { engine: 'dataflow' }],
    ['more data', { afterDays: 730 }],
    ['silver in BigQuery', { loaded: 'silver' }],
    ['a report that is always new', { reportMinutes: 1 }],
  ])('%s', (_, change) => expect(usd(change)).toBeGreaterThan(usd({})));

  test.each<[string, Partial<Workload>]>([
    ['longer batches', { batchSeconds: 10 }],
    ['a hundred messages a request', { publishBatch: 100 }],
    ['fewer shares', { cpus: 1, memoryGib: 4 }],
    ['a shorter memory of the topic', { topicRetentionDays: 1 }],
    ['a patient every ten minutes', { intervalSeconds: 600 }],
  ])('%s: less', (_, change) => expect(usd(change)).toBeLessThan(usd({})));
});

describe('advice', () => {
  test('every saving is what the changed bill says, the greatest first', () => {
    const savings = savingsOf(LOAD, LIST_PRICES);
    const ten = savings.find(({ setting }) => setting.startsWith('--batch-seconds 10'));
    expect(ten?.usd).toBeCloseTo(usd({}) - usd({ batchSeconds: 10 }), 6);
    expect(savings.map((saving) => saving.usd)).toEqual([...savings.map((saving) => saving.usd)].sort((a, b) => b - a));
  });

  test('what cannot carry the hospital is not advised', () => {
    const settings = savingsOf({ ...LOAD, patients: 2_800 }, LIST_PRICES).map(({ setting }) => setting);
    // A batch is full at 20,000 messages, and one processor carries 2,666 readings a second.
    expect(settings.filter((setting) => /--batch-seconds 10|--cpus 1/.test(setting))).toEqual([]);
    expect(settings).toContain('--cpus 2');
  });

  test('the cheapest has nothing left to save', () => {
    const cheapest = cheapestOf(LOAD, LIST_PRICES);
    expect(savingsOf(cheapest, LIST_PRICES)).toEqual([]);
    expect(cheapest.patients).toBe(LOAD.patients);
  });
});
