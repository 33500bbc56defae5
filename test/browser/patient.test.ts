import { expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { describeBrowser, hospital, until, visit, worstPatient } from './support/browser.js';
import { land, respiratoryDepression } from './support/readings.js';

/** What the axes of all charts say: they show the same range when they say the same. */
async function tables(page: Page): Promise<string[]> {
  const charts = page.locator('.charts > .chart:visible');
  const spans: string[] = [];
  for (let index = 0; index < (await charts.count()); index++) {
    const rows = charts.nth(index).locator('.chart-numbers tbody th');
    const times = await rows.allTextContents();
    spans.push(`${times.at(-1)} to ${times[0]}, ${times.length}`);
  }
  return spans;
}

async function openTables(page: Page): Promise<void> {
  const buttons = page.locator('.charts > .chart:visible .chart-head button');
  for (let index = 0; index < (await buttons.count()); index++) await buttons.nth(index).click();
}

/** The frame of a chart, by its heading. */
const chart = (page: Page, name: string): Locator =>
  page.locator('.chart', { has: page.getByRole('heading', { name, exact: true }) });

const rangeOf = (page: Page): readonly [string | null, string | null] => {
  const params = new URLSearchParams(page.url().split('?')[1] ?? '');
  return [params.get('from'), params.get('to')];
};

describeBrowser('the page of a patient', (open) => {
  test('every chart has data, and a table that says the same', async () => {
    const { page, context, problems } = await open();
    await visit(page, `patient/${await worstPatient()}`);
    expect(await page.locator('.charts canvas:visible').count()).toBeGreaterThanOrEqual(8);
    expect(await page.locator('.latest-value').first().textContent()).toMatch(/^\d+$/);
    const heart = chart(page, 'Heart rate');
    expect(await heart.locator('.chart-readout').textContent()).toMatch(/\d+ \/min$/);
    await heart.getByRole('button', { name: /show as table/ }).click();
    // A minute without a reading is a row of dashes, so that which rows have numbers depends on the hour.
    const rows = await heart.locator('tbody tr').allTextContents();
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.filter((row) => !/^\d\d:\d\d(\d+|–––)/.test(row))).toEqual([]);
    expect(rows.filter((row) => /^\d\d:\d\d\d+/.test(row)).length).toBeGreaterThan(rows.length / 2);
    expect(problems).toEqual([]);
    await context.close();
  });

  test('a range that is dragged in one chart is shown by all of them, and stands in the address', async () => {
    const { page, context } = await open();
    await visit(page, `patient/${await worstPatient()}`);
    expect(rangeOf(page)).toEqual([null, null]);
    const plot = chart(page, 'Heart rate').locator('.u-over');
    await plot.scrollIntoViewIfNeeded();
    const box = (await plot.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.3, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 25, { steps: 5 });
    await page.mouse.up();
    await until(page, async () => rangeOf(page)[0] !== null, 'the address has the range');
    const [from, to] = rangeOf(page).map((time) => Date.parse(time!)) as [number, number];
    expect(to - from).toBeGreaterThan(5 * 60_000);
    await openTables(page);
    await until(page, async () => new Set(await tables(page)).size === 1, 'all charts show one range');
    const [span] = await tables(page);
    const minutes = Number(/, (\d+)$/.exec(span!)![1]);
    expect(Math.abs(minutes - (to - from) / 60_000)).toBeLessThanOrEqual(1);

    // The link shows the same range elsewhere.
    const other = await context.newPage();
    await other.goto(page.url());
    await other.locator('.charts canvas').first().waitFor();
    await openTables(other);
    await until(other, async () => (await tables(other))[0] === span, 'the other page shows the range too');
    await context.close();
  });

  test('keys zoom, pan and reset all charts, and a double click resets too', async () => {
    const { page, context } = await open();
    await visit(page, `patient/${await worstPatient()}`);
    const width = (): number => {
      const [from, to] = rangeOf(page).map((time) => Date.parse(time!)) as [number, number];
      return to - from;
    };
    await page.keyboard.press('+');
    await until(page, async () => rangeOf(page)[0] !== null, 'zoomed');
    const first = width();
    await page.keyboard.press('+');
    await until(page, async () => Math.abs(width() - first / 2) < 2_000, 'half as wide');
    const [before] = rangeOf(page);
    await page.keyboard.press('ArrowLeft');
    await until(page, async () => rangeOf(page)[0]! < before!, 'panned back');
    await page.keyboard.press('0');
    await until(page, async () => rangeOf(page)[0] === null, 'reset');
    await page.keyboard.press('+');
    await until(page, async () => rangeOf(page)[0] !== null, 'zoomed again');
    await page.locator('.chart .u-over').first().dblclick();
    await until(page, async () => rangeOf(page)[0] === null, 'reset by double click');
    await context.close();
  });

  test('time travel shows what was known then, says loudly that it is not now, and returns', async () => {
    const { page, context } = await open();
    const id = await worstPatient();
    await visit(page, 'pipeline');
    const received = async (): Promise<number> =>
      Number((await page.locator('.term-value').first().textContent())!.replaceAll(',', ''));
    const now = await received();
    await page.locator('.feed[data-state=live]').waitFor();
    const then = new Date().toISOString();
    await until(page, async () => (await received()) > now, 'more has come in since');
    await page.goto(`${hospital().url}/#/pipeline?as_of=${then}`);
    await page.locator('.as-of[data-past]').waitFor();
    expect(await page.locator('.as-of').textContent()).toMatch(/This is not now\./);
    expect(await page.locator('.feed').getAttribute('data-state')).toBe('past');
    await page.locator('main [aria-busy=true]').waitFor({ state: 'detached' });
    const past = await received();
    const live = (await (await fetch(`${hospital().url}/api/pipeline`)).json()) as {
      readonly totals: { readonly received: number };
    };
    expect(past).toBeLessThan(live.totals.received);

    // It follows the reader to other pages, stays still there, and ends with one button.
    await page.goto(`${hospital().url}/#/patient/${id}?as_of=${then}`);
    await page.locator('.patient h1').waitFor();
    await page.locator('.as-of[data-past]').waitFor();
    expect(await page.getByRole('link', { name: 'Alerts', exact: true }).getAttribute('href')).toContain('as_of=');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.waitForResponse('**/api/events', { timeout: 3_000 }).catch(() => null);
    expect(asked.filter((url) => url.includes('/api/patient'))).toEqual([]);
    await page.getByRole('button', { name: 'Return to now' }).click();
    await until(page, async () => !page.url().includes('as_of'), 'now again');
    await page.locator('.feed[data-state=live]').waitFor();
    await context.close();
  });

  test('a step of the control goes back in time', async () => {
    const { page, context } = await open();
    await visit(page, 'hospital');
    await page.getByRole('button', { name: 'Time travel' }).click();
    await page.getByRole('button', { name: /Five minutes back/ }).click();
    await page.locator('.as-of[data-past]').waitFor();
    expect(page.url()).toContain('as_of=');
    await context.close();
  });

  test('markup in the ward and the bed of a patient is text everywhere', async () => {
    const { page, context, problems } = await open();
    const ward = '<img src=x onerror=alert(1)>';
    const bed = '<script>alert(2)<\/script>';
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await land(
      'markup.ndjson',
      respiratoryDepression({ patient_id: '<b>P-MARKUP</b>', device_id: 'M-9', ward, bed }, Date.now()),
    );
    await visit(page, 'alerts');
    const line = page.locator('.alert-list > li').filter({ hasText: ward }).first();
    await line.waitFor({ timeout: 30_000 });
    expect(await line.locator('.alert-bed').textContent()).toBe(`${ward} ${bed}`);
    await line.locator('.alert-bed').click();
    await page.locator('.patient h1').waitFor();
    expect(await page.locator('.patient h1').textContent()).toBe(`${ward} ${bed}`);
    await visit(page, 'hospital');
    await page.locator('.tile strong', { hasText: ward }).waitFor();
    await page.getByRole('combobox', { name: /Find a patient/ }).fill('<img');
    await page.getByRole('option').filter({ hasText: ward }).waitFor();
    expect(await page.locator('main img, main script, main b').count()).toBe(0);
    expect([dialogs, problems]).toEqual([[], []]);
    await context.close();
  });
});
