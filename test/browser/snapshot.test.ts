import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';
import { describeBrowser, hospital, until } from './support/browser.js';
import { startVitals } from './support/hospital.mjs';

describeBrowser('a static export', (open) => {
  const folder = (): string => join(hospital().folder, 'export');
  beforeAll(async () => {
    const child = startVitals(['dashboard', '--lake', hospital().lake, '--export', folder()]);
    let said = '';
    child.stderr?.on('data', (chunk) => (said += chunk));
    child.stdout?.resume();
    const code = await new Promise((resolve) => child.on('close', resolve));
    if (code !== 0) throw new Error(`vitals dashboard --export ended with ${String(code)}: ${said}`);
  });

  test('opens from disk, every page of it, and asks nothing of anybody', async () => {
    const { page, context, problems } = await open();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const start = pathToFileURL(join(folder(), 'index.html')).href;
    await page.goto(start);
    await page.locator('.hospital').waitFor();
    expect(await page.locator('.feed').textContent()).toMatch(/^Snapshotof /);
    const sum = await page.locator('.figure[data-kind=patients] .figure-value').textContent();
    expect(Number(sum)).toBeGreaterThanOrEqual(40);
    await page.locator('.patients .bed a').first().click();
    await page.locator('.patient h1').waitFor();
    expect(await page.locator('.charts canvas:visible').count()).toBeGreaterThanOrEqual(8);
    await page.keyboard.press('+');
    await until(page, async () => page.url().includes('from='), 'zoomed from disk');
    await page.getByRole('link', { name: 'Alerts', exact: true }).click();
    await page.locator('.alert-list > li').first().waitFor();
    await page.getByLabel('Severity').selectOption('urgent');
    await until(
      page,
      async () => {
        const shown = await page.locator('.alert-list .severity').allTextContents();
        return shown.length > 0 && shown.every((text) => text.includes('Urgent'));
      },
      'filtered from disk',
    );
    await page.getByRole('link', { name: 'Pipeline', exact: true }).click();
    await page.locator('.verdict').waitFor();
    await page.reload();
    await page.locator('.verdict').waitFor();
    expect(new Set(asked.map((url) => url.split('/').at(-1)!.split('#')[0]))).toEqual(
      new Set(['index.html', 'app.css', 'data.js', 'app.js', 'icon.svg']),
    );
    expect(asked.every((url) => url.startsWith('file:'))).toBe(true);
    expect(problems).toEqual([]);
    await context.close();
  });

  test('is one with the pages that the server serves', async () => {
    const served = await (await fetch(`${hospital().url}/app.js`)).text();
    expect(await readFile(join(folder(), 'app.js'), 'utf8')).toBe(served);
  });

  test('refuses what only a server can do, in words', async () => {
    const { page, context } = await open();
    await page.goto(`${pathToFileURL(join(folder(), 'index.html')).href}#/alerts`);
    await page.getByLabel('You are').fill('Ana');
    await page.locator('.alert-actions button:not(:disabled)').first().click();
    await page.locator('.failed', { hasText: 'This is a copy' }).waitFor();
    await context.close();
  });
});
