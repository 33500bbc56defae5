import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeBrowser, visit, worstPatient } from './support/browser.js';

const FOLDER = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const LIMIT_BYTES = 200_000;
const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
const NAMED = process.env['SCREENSHOTS'] !== undefined;

if (!NAMED)
  describe.skip('screenshots (named: npm run test:browser -- screenshots)', () =>
    void test('are not made', () => undefined));
else
  describeBrowser('screenshots for the README', (open) => {
    test.each(
      ['hospital', 'patient', 'alerts', 'pipeline'].flatMap((name) =>
        (['light', 'dark'] as const).flatMap((theme) =>
          (['wide', 'phone'] as const).map((size) => [name, theme, size] as const),
        ),
      ),
    )('%s, %s, %s', async (name, colorScheme, size) => {
      const { page, context } = await open({ colorScheme, viewport: SIZES[size], timezoneId: 'Europe/London' });
      await visit(page, name === 'patient' ? `patient/${await worstPatient()}` : name);
      if (name === 'alerts' && size === 'wide') await page.locator('.alert-toggle').first().click();
      await page.locator('.feed[data-state=live]').waitFor();
      await page.evaluate(() => document.fonts.ready);
      await mkdir(FOLDER, { recursive: true });
      const image = await asWebp(page, await page.screenshot());
      expect(image.byteLength).toBeLessThan(LIMIT_BYTES);
      await writeFile(`${FOLDER}${name}-${colorScheme}-${size}.webp`, image);
      await context.close();
    });
  });

/** The same picture at a third of the bytes, made by the browser itself, in a page of its own whose policy allows it. */
async function asWebp(page: Page, png: Buffer): Promise<Buffer> {
  const painter = await page.context().newPage();
  const address = await painter.evaluate(
    async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      canvas.getContext('2d')!.drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', 0.92);
    },
    `data:image/png;base64,${png.toString('base64')}`,
  );
  return Buffer.from(address.split(',')[1]!, 'base64');
}
