import { expect, test } from '@jest/globals';
import { describeBrowser, hospital, until, visit, worstPatient } from './support/browser.js';

describeBrowser('the pages on a live hospital', (open) => {
  test('the hospital shows every ward, patients by risk and their sparklines, and goes on by itself', async () => {
    const { page, context, problems } = await open();
    await visit(page, 'hospital');
    expect(await page.locator('.figure[data-kind=patients] .figure-value').textContent()).toMatch(/^\d\d$/);
    expect(await page.locator('.tile').count()).toBeGreaterThan(5);
    expect(await page.locator('.patients tbody tr').count()).toBe(25);
    expect(await page.locator('.spark-line').first().getAttribute('d')).toMatch(/^M[\d. ]+/);
    expect(await page.locator('.histogram').count()).toBeGreaterThan(5);
    const scores = await page.locator('.patients .chip').allTextContents();
    const worst = scores.map((score) => Number(/(\d+) /.exec(score)?.[1] ?? -1));
    expect(worst[0]).toBeGreaterThanOrEqual(worst.at(-1)!);
    const feed = page.locator('.feed');
    await until(page, async () => (await feed.getAttribute('data-state')) === 'live', 'the feed is live');
    const first = await page.locator('.feed-detail').textContent();
    await until(
      page,
      async () => (await page.locator('.feed-detail').textContent()) !== first,
      'another commit is shown',
    );
    expect(problems).toEqual([]);
    await context.close();
  });

  test('a ward is chosen by its tile, and the link shows the same to somebody else', async () => {
    const { page, context } = await open();
    await visit(page, 'hospital');
    const tile = page.locator('.tile').first();
    const ward = await tile.locator('strong').textContent();
    await tile.click();
    await page.getByRole('heading', { name: `Patients of ${ward} by risk` }).waitFor();
    const other = await context.newPage();
    await other.goto(page.url());
    await other.getByRole('heading', { name: `Patients of ${ward} by risk` }).waitFor();
    const beds = await other.locator('.patients .bed a').allTextContents();
    expect(beds.every((bed) => bed.startsWith(ward!))).toBe(true);
    await context.close();
  });

  test('the pipeline shows that received is silver, dead letter and suppressed, and says that it adds up', async () => {
    const { page, context, problems } = await open();
    await visit(page, 'pipeline');
    const numbers = (await page.locator('.term-value').allTextContents()).map((text) =>
      Number(text.replaceAll(',', '')),
    );
    const [received, silver, deadLetter, suppressed] = numbers as [number, number, number, number];
    expect(received).toBeGreaterThan(1_000);
    expect(silver + deadLetter + suppressed).toBe(received);
    expect(await page.locator('.verdict').textContent()).toBe('✓ It adds up');
    expect(await page.locator('.rejects tbody tr').count()).toBeGreaterThan(0);
    expect(await page.locator('.lake tbody th').allTextContents()).toContain('silver.patient_vitals');
    expect(await page.locator('.models tbody').textContent()).toMatch(/forest-/);
    await until(
      page,
      async () => Number((await page.locator('.term-value').first().textContent())!.replaceAll(',', '')) > received,
      'more is received',
    );
    expect(problems).toEqual([]);
    await context.close();
  });

  test('a patient is found by bed, from the keyboard', async () => {
    const { page, context } = await open();
    await visit(page, 'hospital');
    await page.getByRole('combobox', { name: /Find a patient/ }).fill('ICU');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.patient h1').waitFor();
    expect(await page.locator('.patient h1').textContent()).toMatch(/^ICU/);
    await context.close();
  });

  test.each([360, 390, 768, 1440])('no page is wider than a screen of %i pixels', async (width) => {
    const { page, context } = await open({ viewport: { width, height: 844 } });
    for (const route of ['hospital', 'alerts', 'pipeline', `patient/${await worstPatient()}`]) {
      await visit(page, route);
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect([route, over]).toEqual([route, 0]);
    }
    await context.close();
  });

  test('the screen on a wall has larger type', async () => {
    const { page, context } = await open({ viewport: { width: 1920, height: 1080 } });
    const size = (): Promise<number> => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
    await visit(page, 'hospital');
    const usual = await size();
    await visit(page, 'hospital', '?wall=1');
    expect(await size()).toBeGreaterThan(usual * 1.3);
    await context.close();
  });

  test('an unknown patient is said, with what to do', async () => {
    const { page, context } = await open();
    await page.goto(`${hospital().url}/#/patient/nobody`);
    await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).isVisible()).toBe(true);
    await context.close();
  });

  test('a lost connection is said, and comes back by itself', async () => {
    const { page, context } = await open();
    await page.route('**/api/events', (route) => route.abort());
    await visit(page, 'pipeline');
    const state = (): Promise<string | null> => page.locator('.feed').getAttribute('data-state');
    await until(page, async () => (await state()) === 'lost', 'the loss is said');
    expect(await page.locator('.feed').textContent()).toMatch(/Connection lost.*retrying in \d+ s/);
    await page.unroute('**/api/events');
    await until(page, async () => (await state()) === 'live', 'the stream is back', 40_000);
    await context.close();
  });

  test('what is not committed for 15 seconds is called stale, with since when', async () => {
    const { page, context } = await open();
    // A stream that says nothing, and an answer whose last commit was a minute ago.
    await page.route('**/api/events', () => undefined);
    await page.route('**/api/pipeline*', async (route) => {
      const answer = (await (await route.fetch()).json()) as { readonly time: string };
      const committed_at = new Date(Date.parse(answer.time) - 60_000).toISOString();
      await route.fulfill({ json: { ...answer, committed_at } });
    });
    await visit(page, 'pipeline');
    expect(await page.locator('.feed').textContent()).toMatch(/^Staleno commit since \d\d:\d\d:\d\d \(60 s|1 min\)/);
    await context.close();
  });
});
