import { afterAll, beforeAll, describe } from '@jest/globals';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { CHROMIUM } from './chromium.mjs';

/** What the global set-up started. */
export interface Hospital {
  readonly url: string;
  readonly lake: string;
  readonly landing: string;
  readonly folder: string;
}

export const hospital = (): Hospital => JSON.parse(process.env['BROWSER_HOSPITAL'] ?? '{}') as Hospital;

/** Opens Debian's Chromium. Its sandbox needs a user that is not root. */
export function openBrowser(args: readonly string[] = []): Promise<Browser> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: CHROMIUM!, args: [...sandbox, ...args] });
}

/** A page with everything that went wrong in it: exceptions, refused resources, what the policy forbade. */
export interface Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly problems: string[];
}

/** A suite with a browser of its own; skipped by name where there is no Chromium. */
export function describeBrowser(
  title: string,
  suite: (open: (options?: BrowserContextOptions) => Promise<Watched>) => void,
): void {
  if (CHROMIUM === null) {
    describe.skip(`${title} (no Chromium: apt-get install -y chromium)`, () =>
      suite(() => Promise.reject(new Error())));
    return;
  }
  describe(title, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await openBrowser();
    });
    afterAll(() => browser.close());
    suite(async (options) => watched(await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })));
  });
}

async function watched(context: BrowserContext): Promise<Watched> {
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return { page, context, problems };
}

/** The pseudonym of the patient of highest risk, whose page has the most on it. */
export async function worstPatient(): Promise<string> {
  const answer = (await (await fetch(`${hospital().url}/api/hospital?limit=1`)).json()) as {
    readonly patients: readonly { readonly patient_id: string }[];
  };
  return answer.patients[0]!.patient_id;
}

/** Goes to a page and waits until its data is drawn. */
export async function visit(page: Page, route: string, search = ''): Promise<void> {
  await page.goto(`${hospital().url}/${search}#/${route}`);
  await page.locator(`.${route.split(/[/?]/)[0]}`).waitFor();
}

/** Waits for a condition in the page, and says what it was when it does not come. */
export async function until(
  page: Page,
  condition: () => Promise<boolean>,
  what: string,
  withinMs = 15_000,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await page.waitForTimeout(50);
  }
}
