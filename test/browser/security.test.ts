import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeBrowser, hospital, openBrowser, worstPatient } from './support/browser.js';
import { ended, saying, startVitals } from './support/hospital.mjs';

/** What a page of a stranger tries, from its own address; the outcome of each try as one word. */
const ATTACK = `async (target) => {
  const tried = (work) => work.then((outcome) => outcome, () => 'blocked');
  const loaded = (element, name, address) =>
    new Promise((resolve) => {
      element.onload = () => resolve('loaded');
      element.onerror = () => resolve('blocked');
      element[name] = address;
      document.body.append(element);
    });
  const stream = (address) =>
    new Promise((resolve) => {
      const source = new EventSource(address, { withCredentials: true });
      source.onopen = () => resolve('open');
      source.onerror = () => { source.close(); resolve('blocked'); };
    });
  return {
    read: await tried(fetch(target + '/api/hospital', { credentials: 'include' }).then((r) => r.text())),
    blind: await tried(fetch(target + '/api/hospital', { mode: 'no-cors' }).then((r) => r.type + ' ' + r.status)),
    post: await tried(fetch(target + '/api/alerts/x', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"status":"resolved","who":"x"}' }).then((r) => r.text())),
    simplePost: await tried(fetch(target + '/api/alerts/x', { method: 'POST', mode: 'no-cors', headers: { 'Content-Type': 'text/plain' }, body: '{"status":"resolved","who":"x"}' }).then((r) => r.type)),
    script: await loaded(document.createElement('script'), 'src', target + '/app.js'),
    image: await loaded(document.createElement('img'), 'src', target + '/icon.svg'),
    stream: await stream(target + '/api/events'),
  };
}`;

describeBrowser('what strangers try, from a real browser', (open) => {
  let stranger: Server;
  const address = (): string => `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;
  beforeAll(async () => {
    stranger = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end('<!doctype html><title>stranger</title><body></body>');
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => stranger.close(resolve)));

  test('DNS rebinding: a name that leads to this machine is refused, page and API', async () => {
    const { port } = new URL(hospital().url);
    const browser = await openBrowser(['--host-resolver-rules=MAP evil.example 127.0.0.1']);
    const page = await browser.newPage();
    const answer = await page.goto(`http://evil.example:${port}/`);
    expect([answer!.status(), await answer!.text()]).toEqual([
      403,
      expect.stringContaining('does not go by that name'),
    ]);
    // Same origin by name: nothing but the server's look at Host stands in the way.
    const read = await page.evaluate(() =>
      fetch('/api/hospital').then(async (response) => [response.status, await response.text()] as const),
    );
    expect([read[0], read[1].includes('patients')]).toEqual([403, false]);
    await browser.close();
  });

  test('another site reads nothing, changes nothing, and loads nothing', async () => {
    const { page, context } = await open();
    await page.goto(address());
    const refused: number[] = [];
    page.on('response', (response) => response.url().startsWith(hospital().url) && refused.push(response.status()));
    const outcome = (await page.evaluate(`(${ATTACK})(${JSON.stringify(hospital().url)})`)) as Record<string, string>;
    // The ports differ and the host is the same, so this is same-site: the origin must be looked at, not the site.
    expect(outcome).toMatchObject({
      read: 'blocked',
      post: 'blocked',
      script: 'blocked',
      image: 'blocked',
      stream: 'blocked',
    });
    expect(outcome['blind']).toMatch(/^(blocked|opaque 0)$/);
    expect(refused.filter((status) => status < 400)).toEqual([]);
    await context.close();
  });

  test('the pages are shown in no frame of another site', async () => {
    const { page, context } = await open();
    await page.goto(address());
    await page.evaluate((target) => {
      const frame = document.createElement('iframe');
      frame.src = target;
      document.body.append(frame);
      return new Promise((resolve) => (frame.onload = resolve));
    }, hospital().url);
    const framed = page.frames().find((frame) => frame !== page.mainFrame())!;
    expect(await framed.locator('main').count()).toBe(0);
    await context.close();
  });

  test('code that got into a page anyway is not run: no inline script, no eval, no stranger as a source', async () => {
    const { page, context } = await open();
    await page.goto(`${hospital().url}/`);
    await page.locator('.hospital').waitFor();
    const ran = await page.evaluate(async (target) => {
      const state = window as unknown as { ran?: string[] };
      state.ran = [];
      const inline = document.createElement('script');
      inline.textContent = 'window.ran.push("inline")';
      document.body.append(inline);
      const image = document.createElement('div');
      image.innerHTML = '<img src="x" onerror="window.ran.push(\'handler\')">';
      document.body.append(image);
      const sent = await fetch(target).then(
        () => 'sent',
        () => 'blocked',
      );
      return [...state.ran, sent];
    }, address());
    expect(ran).toEqual(['blocked']);
    await context.close();
  });

  test('a server that asks for a token shows nothing without it, lets in who has it, and keeps the token out of the address', async () => {
    const token = 'b7e1c0ffee5a1d42905d3c68f1e2a4b7c9d0e3f5a6b7c8d9e0f1a2b3c4d5e6f7';
    const file = join(hospital().folder, 'token');
    await writeFile(file, `${token}\n`, { mode: 0o600 });
    const server = startVitals(['dashboard', '--lake', hospital().lake, '--port', '0', '--token-file', file]);
    try {
      const [url] = await saying(server, /http:\/\/127\.0\.0\.1:\d+/);
      const { page, context } = await open();
      const refused = await context.request.get(`${url}/api/hospital`);
      expect(refused.status()).toBe(401);
      await page.goto(`${url}/#/patient/${await worstPatient()}`);
      await page.getByLabel('Token').fill('not the token');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
      await page.getByLabel('Token').fill(token);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.locator('.hospital, .patient').first().waitFor({ timeout: 30_000 });
      expect(page.url()).not.toContain(token);
      expect(await page.evaluate(() => document.cookie)).toBe('');
      const [cookie] = await context.cookies(url);
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
      await context.close();
    } finally {
      await ended(server);
    }
  });
});
