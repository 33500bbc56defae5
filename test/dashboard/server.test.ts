import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AlertItem, AlertsAnswer, HospitalAnswer } from '../../dashboard/api.js';
import { openDashboard, type Dashboard, type DashboardOptions } from '../../dashboard/server/server.js';
import { Token } from '../../dashboard/server/token.js';
import type { LakeRows } from '../query/sound-lake.js';
import { listenTo, type Listener } from './event-reader.js';
import { rawRequest, requestText } from './raw-request.js';
import { committedAt, scratchFolder, storyRows, writeBatches } from './written-lake.js';

const SECRET = '9f86d081884c7d659a2feaa0c55ad015';
const HOSTILE = '<img src=x onerror=alert(1)> "\'& \u2028 \r\n';
const ALERTS = '/api/alerts?from=2026-11-21T00:00:00Z';

/** The story, told by somebody who writes markup into every text that a message can bring. */
function hostileRows(): LakeRows {
  const rows = storyRows();
  const evil = { ward: HOSTILE, bed: HOSTILE };
  return {
    ...rows,
    silver: rows.silver.map((row) => ({ ...row, ...evil })),
    summary: rows.summary.map((row) => ({ ...row, ward: HOSTILE })),
    alerts: rows.alerts.map((row) => ({ ...row, ...evil, explanation: HOSTILE })),
  };
}

function pagesFolder(): string {
  const folder = scratchFolder();
  for (const name of ['index.html', 'app.js', 'app.css', 'icon.svg']) writeFileSync(join(folder, name), `the ${name}`);
  writeFileSync(join(folder, 'other.js'), 'not a page file');
  return folder;
}

function open(lake: string, more: Partial<DashboardOptions> = {}): Promise<Dashboard> {
  const options = { lake, port: 0, host: '127.0.0.1', token: null, allowedHosts: [], pages: pagesFolder() };
  return openDashboard({ ...options, clock: () => committedAt(9), ...more });
}

function post(url: string, id: string, body: unknown): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' };
  return fetch(`${url}/api/alerts/${id}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

describe('the server', () => {
  const root = scratchFolder();
  let server: Dashboard;
  let host: string;

  beforeAll(async () => {
    await writeBatches(root, hostileRows());
    server = await open(root);
    host = new URL(server.url).host;
  });
  afterAll(() => server.close());

  const ask = (line: string, headers: Readonly<Record<string, string>> = {}, body = '') =>
    rawRequest(server.url, requestText(line, { Host: host, ...headers }, body));

  test('answers every question as JSON that nobody keeps, under a policy without inline code', async () => {
    for (const path of ['hospital', 'patient?id=p1', 'alerts', 'pipeline', 'search?q=p']) {
      const response = await fetch(`${server.url}/api/${path}`);
      expect([path, response.status, response.headers.get('content-type')]).toEqual([
        path,
        200,
        'application/json; charset=utf-8',
      ]);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/^default-src 'none';/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      await response.json();
    }
  });

  test('brings markup of a message as text of a JSON answer, whole and unchanged', async () => {
    const hospital = (await (await fetch(`${server.url}/api/hospital`)).json()) as HospitalAnswer;
    const alerts = (await (await fetch(server.url + ALERTS)).json()) as AlertsAnswer;
    expect(hospital.wards.map((tile) => tile.ward)).toEqual([HOSTILE]);
    expect([alerts.alerts[0]?.explanation, alerts.alerts[0]?.bed, alerts.wards]).toEqual([HOSTILE, HOSTILE, [HOSTILE]]);
    const filtered = await fetch(`${server.url}${ALERTS}&ward=${encodeURIComponent(HOSTILE)}`);
    expect(((await filtered.json()) as AlertsAnswer).total).toBe(alerts.total);
  });

  test.each([
    ['a rebound name', 'GET /api/hospital', { Host: 'evil.example' }],
    ['a rebound name on our port', 'GET /', { Host: 'evil.example:8080' }],
    [
      'a script of another site',
      'GET /api/hospital',
      { Origin: 'http://evil.example', 'Sec-Fetch-Site': 'cross-site' },
    ],
    [
      'a script tag of another site',
      'GET /api/hospital',
      { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' },
    ],
    ['a listener of another site', 'GET /api/events', { Origin: 'http://evil.example' }],
  ])('refuses %s, over a real socket', async (_, line, headers) => {
    const answer = await ask(line, headers);
    expect(answer.status).toBe(403);
    expect(answer.body).not.toContain('patient');
  });

  test('refuses an action that another site made a browser send, and records nothing', async () => {
    const body = JSON.stringify({ status: 'resolved', who: 'evil' });
    const type = { 'Content-Type': 'application/json' };
    const attempts = [
      { ...type, Origin: 'http://evil.example' },
      { ...type, Origin: 'null' },
      { ...type, 'Sec-Fetch-Site': 'cross-site' },
      { ...type, Host: 'evil.example', Origin: 'http://evil.example' },
    ];
    for (const headers of attempts) expect((await ask('POST /api/alerts/a1', headers, body)).status).toBe(403);
    expect((await ask('POST /api/alerts/a1', { 'Content-Type': 'text/plain' }, body)).status).toBe(415);
    const alerts = (await (await fetch(server.url + ALERTS)).json()) as AlertsAnswer;
    expect(alerts.alerts.map((alert) => alert.status)).toEqual(['open']);
  });

  test.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s is not answered', async (method) => {
    const answer = await ask(`${method} /api/alerts`);
    expect([answer.status, /Allow: GET, HEAD, POST/.test(answer.headers)]).toEqual([405, true]);
  });

  test.each([
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fpackage.json',
    '/other.js',
    '/app.js/../other.js',
    '/api/nothing',
    '//evil.example/app.js',
    '/\\..\\other.js',
  ])('%s leads nowhere', async (path) => {
    const answer = await ask(`GET ${path}`);
    expect([400, 404]).toContain(answer.status);
    expect(answer.body).not.toMatch(/root:|not a page file|"name"/);
  });

  test('pages and their files are served by name, and sent again only when they have changed', async () => {
    for (const path of ['/', '/alerts', '/patient?id=p1', '/pipeline']) {
      expect(await (await fetch(server.url + path)).text()).toBe('the index.html');
    }
    const script = await fetch(`${server.url}/app.js`);
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    const etag = script.headers.get('etag') ?? '';
    const again = await fetch(`${server.url}/app.js`, { headers: { 'If-None-Match': etag } });
    expect(again.status).toBe(304);
    const head = await fetch(`${server.url}/app.js`, { method: 'HEAD' });
    expect([head.headers.get('content-length'), await head.text()]).toEqual(['10', '']);
  });

  test.each([
    ['/api/patient?id=nobody', 404],
    ['/api/patient', 400],
    ['/api/alerts?status=closed', 400],
    ['/api/alerts?limit=0', 400],
    ['/api/alerts?from=2026-11-21', 400],
    ['/api/alerts?as_of=yesterday', 400],
    [`/api/search?q=${'x'.repeat(300)}`, 400],
  ])('%s is answered with %d, an error and a remedy', async (path, status) => {
    const response = await fetch(server.url + path);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: expect.any(String), remedy: expect.any(String) });
  });

  test('an action is recorded once, is repeated without harm, and everybody who listens hears of it', async () => {
    const listener = await listenTo(server.url);
    const first = await post(server.url, 'a1', { status: 'acknowledged', who: 'N. Okafor', note: HOSTILE });
    expect(first.status).toBe(200);
    expect(await listener.next('action')).toMatchObject({ alert_id: 'a1', status: 'acknowledged' });
    const again = (await (
      await post(server.url, 'a1', { status: 'acknowledged', who: 'N. Okafor' })
    ).json()) as AlertItem;
    expect(again.history).toHaveLength(1);
    expect((await post(server.url, 'a1', { status: 'resolved', who: 'B' })).status).toBe(200);
    expect(await listener.next('action')).toMatchObject({ alert_id: 'a1', status: 'resolved' });
    expect((await post(server.url, 'a1', { status: 'acknowledged', who: 'C' })).status).toBe(409);
    const shown = (await (await fetch(server.url + ALERTS)).json()) as AlertsAnswer;
    expect([shown.counts, shown.alerts[0]?.history.length]).toEqual([{ open: 0, acknowledged: 0, resolved: 1 }, 2]);
    listener.close();
  });

  test('an alert that was withdrawn cannot be acted on, and one that never was is not found', async () => {
    const action = { status: 'acknowledged', who: 'A' };
    expect((await post(server.url, 'a2', action)).status).toBe(409);
    expect((await post(server.url, 'a9', action)).status).toBe(404);
    expect((await post(server.url, 'a1', { ...action, who: '' })).status).toBe(400);
    expect((await post(server.url, 'a1', { ...action, note: 'n'.repeat(20_000) })).status).toBe(400);
    expect((await ask('POST /api/alerts/a1', { 'Content-Type': 'application/json' }, '{')).status).toBe(400);
  });

  test('the twenty-first listener is told that the house is full, and there is room again when one has gone', async () => {
    const listeners: Listener[] = [];
    for (let i = 0; i < 20; i += 1) listeners.push(await listenTo(server.url));
    const refused = await fetch(`${server.url}/api/events`);
    expect(refused.status).toBe(503);
    expect(((await refused.json()) as { error: string }).error).toMatch(/^20 browsers listen already/);
    listeners[0]?.close();
    await until(() => server.clients === 19);
    const next = await listenTo(server.url);
    expect(next.status).toBe(200);
    for (const listener of [...listeners, next]) listener.close();
    await until(() => server.clients === 0);
  });

  test('programs find state, counters and health on the same port', async () => {
    expect(await (await fetch(`${server.url}/status`)).json()).toMatchObject({ sequence: 3, totals: { received: 8 } });
    expect(await (await fetch(`${server.url}/metrics`)).text()).toContain('vitals_received_total 8\n');
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});

describe('a server of a lake that is being written', () => {
  test('says so until there is one, then tells of each commit and each alert within two seconds', async () => {
    const root = scratchFolder();
    const server = await open(root, { clock: Date.now });
    const none = await fetch(`${server.url}/api/hospital`);
    expect([none.status, ((await none.json()) as { error: string }).error]).toEqual([503, 'There is no lake yet']);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(503);
    const rows = storyRows();
    const late = { ...rows, alerts: rows.alerts.map((row) => (row.alert_id === 'a1' ? { ...row, batch: 3 } : row)) };
    await writeBatches(root, { ...late, sequence: 1 });
    const listener = await listenTo(server.url);
    await until(async () => (await fetch(`${server.url}/healthz`)).status === 200);
    await writeBatches(root, late, { from: 2 });
    const written = Date.now();
    let alert = (await listener.next('alert')) as AlertItem;
    while (alert.alert_id !== 'a1') alert = (await listener.next('alert')) as AlertItem;
    expect([alert.status, alert.history]).toEqual(['open', []]);
    expect(Date.now() - written).toBeLessThan(2_000);
    expect(await listener.next('commit')).toMatchObject({ live: true });
    listener.close();
    await server.close();
  });
});

describe('a server that others can reach', () => {
  test.each(['0.0.0.0', '::'])('does not start on %s without a token', async (host) => {
    await expect(open('/nowhere', { host })).rejects.toThrow(/--host: .*there is no token.*--token-file/);
  });

  test('answers nothing but the way in without its token, and everything with it', async () => {
    const root = scratchFolder();
    await writeBatches(root, storyRows());
    const server = await open(root, {
      host: '0.0.0.0',
      token: new Token(SECRET),
      allowedHosts: ['vitals.example.org'],
    });
    const url = server.url.replace('0.0.0.0', '127.0.0.1');
    const manual = { redirect: 'manual' } as const;
    for (const path of ['/api/hospital', '/api/events', '/status', '/metrics', '/', '/app.js']) {
      expect([path, (await fetch(url + path, manual)).status]).toEqual([path, 401]);
    }
    const bearer = (token: string) => fetch(`${url}/api/hospital`, { headers: { Authorization: `Bearer ${token}` } });
    expect([(await bearer(`${SECRET}0`)).status, (await bearer(SECRET)).status]).toEqual([401, 200]);
    const page = await fetch(url, { ...manual, headers: { Accept: 'text/html' } });
    expect([page.status, page.headers.get('location')]).toEqual([303, '/login']);
    expect(await (await fetch(`${url}/login`)).text()).toContain('Not a medical device');
    await server.close();
  });

  test('gives whoever signs in a cookie that scripts and other sites do not get', async () => {
    const root = scratchFolder();
    await writeBatches(root, storyRows());
    const server = await open(root, { token: new Token(SECRET) });
    const signIn = (token: string) =>
      fetch(`${server.url}/login`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ token }),
        headers: { Origin: server.url },
      });
    expect((await signIn('wrong')).status).toBe(403);
    const response = await signIn(SECRET);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
    const asked = await fetch(`${server.url}/api/pipeline`, { headers: { Cookie: cookie.split(';')[0] ?? '' } });
    expect(asked.status).toBe(200);
    await server.close();
  });

  test('a name of a reverse proxy is known only when it was given', async () => {
    const server = await open('/nowhere', { token: new Token(SECRET), allowedHosts: ['vitals.example.org'] });
    const ask = (host: string) => rawRequest(server.url, requestText('GET /healthz', { Host: host }));
    expect([(await ask('vitals.example.org')).status, (await ask('other.example.org')).status]).toEqual([503, 403]);
    await server.close();
  });
});

describe('a server that cannot start or has no pages', () => {
  test('names a port that is in use, and the remedy', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) =>
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port)),
    );
    await expect(open('/nowhere', { port })).rejects.toThrow(new RegExp(`--port: ${port} is in use.*--port 0`));
    other.close();
  });

  test('says how to build the pages', async () => {
    const pages = scratchFolder();
    mkdirSync(join(pages, 'empty'));
    const server = await open('/nowhere', { pages });
    const response = await fetch(server.url);
    expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('npm run build')]);
    await server.close();
  });
});

/** Resolves when a condition holds; rejects after ten seconds. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it did not come about within ten seconds');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
