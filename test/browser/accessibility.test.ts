import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeBrowser, visit, worstPatient } from './support/browser.js';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe has to say against a page, all its rules on. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = (await page.evaluate('axe.run(document).then((result) => result.violations)')) as readonly Violation[];
  return found.flatMap(({ id, nodes }) =>
    nodes.slice(0, 5).map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  );
}

const route = async (name: string): Promise<string> => (name === 'patient' ? `patient/${await worstPatient()}` : name);
const PAGES = ['hospital', 'alerts', 'pipeline', 'patient'];

describeBrowser('accessibility', (open) => {
  test.each(
    PAGES.flatMap(
      (name) =>
        [
          [name, 'light', 1440],
          [name, 'dark', 1440],
          [name, 'light', 390],
        ] as const,
    ),
  )('axe finds nothing against %s, %s, %i pixels wide', async (name, colorScheme, width) => {
    const { page, context } = await open({ colorScheme, viewport: { width, height: 900 } });
    await visit(page, await route(name));
    await page.locator('.feed[data-state=live]').waitFor();
    expect(await violations(page)).toEqual([]);
    await context.close();
  });

  test('axe finds nothing against an open alert, tables of charts, time travel and search', async () => {
    const { page, context } = await open();
    await visit(page, 'alerts');
    await page.locator('.alert-toggle').first().click();
    expect(await violations(page)).toEqual([]);
    await visit(page, await route('patient'));
    for (const button of await page.locator('.chart:visible .chart-head button').all()) await button.click();
    expect(await violations(page)).toEqual([]);
    await visit(page, 'hospital');
    await page.getByRole('button', { name: 'Time travel' }).click();
    await page.getByRole('button', { name: /One hour back/ }).click();
    await page.getByRole('combobox', { name: /Find a patient/ }).fill('I');
    await page.getByRole('option').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await context.close();
  });

  test('every control of every page is reached with Tab alone, visibly, and Enter works the navigation', async () => {
    const { page, context } = await open();
    await visit(page, 'hospital');
    for (const name of PAGES) {
      await walk(page);
      if (name === 'patient') break;
      const next = PAGES[PAGES.indexOf(name) + 1]!;
      await (next === 'patient' ? fromList(page) : enter(page, new RegExp(`^${next}$`, 'i')));
      await page.locator(`.${next}`).waitFor();
    }
    await context.close();
  });

  test('the first stop is a link to the content, and it leads there', async () => {
    const { page, context } = await open();
    await visit(page, 'alerts');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    expect(page.url()).toContain('#/alerts');
    await context.close();
  });

  test('who wants less motion gets none', async () => {
    const { page, context } = await open({ reducedMotion: 'reduce' });
    await visit(page, 'hospital');
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    await context.close();
  });
});

/** Tabs once round the page: every control that was there at the start gets the focus, and shows it. */
async function walk(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('a[href], button:not(:disabled), input, select'))
      if (element.checkVisibility()) element.dataset['expected'] = '';
    for (const element of document.querySelectorAll<HTMLElement>('[data-reached]')) delete element.dataset['reached'];
  });
  const unseen: string[] = [];
  let stops = 0;
  for (let again = false; !again && stops < 800; stops++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      // The end of the document: the next Tab begins anew.
      if (element === document.body) return { again: false, unseen: null };
      const again = 'reached' in element.dataset;
      element.dataset['reached'] = '';
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const seen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
      return { again, unseen: seen ? null : element.outerHTML.slice(0, 100) };
    });
    again = stop.again;
    if (stop.unseen !== null) unseen.push(stop.unseen);
  }
  const missed = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-expected]:not([data-reached], :disabled)')]
      .filter((element) => element.checkVisibility())
      .map((element) => element.outerHTML.slice(0, 100)),
  );
  expect([unseen, missed]).toEqual([[], []]);
  expect(stops).toBeGreaterThan(12);
}

async function tabTo(page: Page, found: () => Promise<boolean>): Promise<void> {
  for (let step = 0; step < 600; step++) {
    await page.keyboard.press('Tab');
    if (await found()) return;
  }
  throw new Error('Tab does not lead there');
}

async function enter(page: Page, name: RegExp): Promise<void> {
  await tabTo(page, async () => name.test((await page.evaluate(() => document.activeElement?.textContent)) ?? ''));
  await page.keyboard.press('Enter');
}

async function fromList(page: Page): Promise<void> {
  await enter(page, /^Hospital$/);
  await page.locator('.hospital').waitFor();
  await tabTo(page, () => page.evaluate(() => document.activeElement?.matches('.patients .bed a') ?? false));
  await page.keyboard.press('Enter');
}
