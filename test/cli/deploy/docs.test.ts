import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { docsTables, HOSPITALS, hospital } from '../../../cli/deploy/docs-tables.js';
import { MEASURED, MESSAGE_OVERHEAD_BYTES } from '../../../cli/deploy/measured.js';
import { billOf } from '../../../cli/deploy/cost.js';
import { LIST_PRICES, PRICED_ON } from '../../../cli/deploy/prices.js';
import { operationsOfBatch } from '../../../cli/deploy/storage-operations.js';
import { REPORT_CHARTS } from '../../../cli/deploy/report-charts.js';

const PAGE = new URL('../../../docs/costs.md', import.meta.url);
const LOOKER = new URL('../../../docs/looker/', import.meta.url);

/** The page with every table as the code makes it now. */
function rendered(page: string): string {
  return Object.entries(docsTables()).reduce((text, [name, table]) => {
    const place = new RegExp(`<!-- table ${name} -->\n[^]*?<!-- end -->`);
    if (!place.test(text)) throw new Error(`docs/costs.md has no place for the table ${name}`);
    return text.replace(place, () => `<!-- table ${name} -->\n\n${table}\n\n<!-- end -->`);
  }, page);
}

describe('docs/costs.md', () => {
  const page = readFileSync(PAGE, 'utf8');

  test('has the tables that the code makes (UPDATE_DOCS=1 npm test -- test/cli/deploy/docs writes them)', () => {
    if (process.env['UPDATE_DOCS']) writeFileSync(PAGE, rendered(page));
    else expect(page).toBe(rendered(page));
  });

  test('says the measured figures as the model has them', () => {
    const { lakeBytesPerReading: reading, lakeBytesPerRow: row, logicalBytesPerRow: logical } = MEASURED;
    expect(page).toContain(
      `${MEASURED.messageBytes + MESSAGE_OVERHEAD_BYTES} = ${MEASURED.messageBytes} of the message`,
    );
    expect(page).toContain(`${reading.bronze} and ${reading.silver} bytes`);
    expect(page).toContain(
      `summary ${row.summary}, hour ${row.hourly}, alert ${row.alert}, ward count ${row.wardAlert} bytes`,
    );
    expect(page).toContain(
      `bronze ${logical.bronze}, silver ${logical.silver}, summary ${logical.summary}, hour ${logical.hourly}, alert ${logical.alert}, ward count ${logical.wardAlert}`,
    );
    expect(page).toContain(`put together on ${PRICED_ON}`);
  });

  test('says where the money goes as the bills do', () => {
    const [small, large] = HOSPITALS.map(({ patients }) => billOf(hospital(patients, 'direct'), LIST_PRICES));
    const share = (bill: typeof small, items: readonly string[]) =>
      bill!.lines.filter(({ item }) => items.includes(item)).reduce((sum, { usd }) => sum + usd, 0) / bill!.usd;
    const puts = (shares: number) => operationsOfBatch({ readings: 500, batchSeconds: 1, shares }).puts;
    expect(puts(1)).toBeCloseTo(9, 0);
    expect(puts(4)).toBeCloseTo(16, 0);
    expect((puts(4) - puts(1)) / 3).toBeGreaterThan(2);
    expect((puts(4) - puts(1)) / 3).toBeLessThan(3);
    const commits = ['writes, listings (class A)', 'reads (class B)', 'key used for objects'];
    expect(share(small, commits)).toBeGreaterThan(0.5);
    expect(share(small, commits)).toBeLessThan(0.65);
    expect(share(large, commits)).toBeCloseTo(0.3, 1);
    const month = billOf({ ...hospital(HOSPITALS[1]!.patients, 'direct'), topicRetentionDays: 31 }, LIST_PRICES);
    const greatest = [...month.lines].sort((a, b) => b.usd - a.usd)[0];
    expect(greatest?.item).toBe('kept for replay');
    const readings = ['published', 'delivered', 'Standard', 'Nearline (bronze)', 'Coldline (bronze)'];
    expect(share(large, readings)).toBeGreaterThan(0.3);
    expect(share(large, readings)).toBeLessThan(0.36);
    expect(LIST_PRICES.pubsub_retained_gib.usd / LIST_PRICES.storage_standard_gib.usd).toBeCloseTo(13.5, 1);
  });
});

test('the charts that are paid for are those of docs/looker', () => {
  const files = readdirSync(LOOKER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sql'));
  expect(REPORT_CHARTS.map(({ file }) => `${file}.sql`).sort()).toEqual(files.sort());
  expect(readFileSync(PAGE, 'utf8')).toContain(`${REPORT_CHARTS.length} charts`);
});
