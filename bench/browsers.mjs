/**
 * Twenty browsers on the dashboard of a whole hospital: frame time in each, processor and memory of the dashboard's process, and
 * whether one slow client (slow line, slow processor) holds up the others.
 *
 *   node bench/browsers.mjs [--patients 2800] [--browsers 20] [--seconds 60]
 *
 * Needs Chromium (see scripts/test-browser.sh). Browsers, simulator, pipeline and dashboard share the machine.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { CHROMIUM } from '../test/browser/support/chromium.mjs';
import { ended, saying } from '../test/browser/support/hospital.mjs';

const { values } = parseArgs({
  options: {
    patients: { type: 'string', default: '2800' },
    browsers: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '60' },
  },
});
const ROUTES = ['hospital', 'alerts', 'pipeline'];
/** Of a telephone at the edge of its network. */
const SLOW = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 20_000 };
const SLOW_CPU = 6;

const folder = mkdtempSync(join(tmpdir(), 'vitals-browsers-'));
const lake = join(folder, 'lake');
const start = spawn(
  process.execPath,
  ['dist/cli/index.js', 'start', '--patients', values.patients, '--lake', lake, '--port', '0'],
  { stdio: ['ignore', 'pipe', 'pipe'] },
);
const [url] = await saying(start, /http:\/\/127\.0\.0\.1:\d+/, 180_000);
await saying(start, /received [1-9]/, 180_000);
const dashboard = childOf(start.pid, 'dashboard-child');

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const clients = [];
for (let index = 0; index < Number(values.browsers); index++) clients.push(await client(index));
const before = usageOf(dashboard);
const started = performance.now();
await Promise.all(clients.map(({ page }) => page.evaluate(RECORD)));
await new Promise((resolve) => setTimeout(resolve, Number(values.seconds) * 1_000));
const seconds = (performance.now() - started) / 1_000;
const after = usageOf(dashboard);
for (const each of clients) each.result = await each.page.evaluate('window.recorded');

const fast = clients.filter(({ slow }) => !slow).map(({ result }) => result);
const slow = clients.filter((each) => each.slow).map(({ result }) => result);
console.log(
  JSON.stringify(
    {
      cores: availableParallelism(),
      patients: Number(values.patients),
      browsers: clients.length,
      seconds: Math.round(seconds),
      frame_ms: percentiles(fast.flatMap(({ frames }) => frames)),
      work_ms: percentiles(fast.flatMap(({ work }) => work)),
      commits_seen_per_second: fast.reduce((sum, { changes }) => sum + changes, 0) / fast.length / seconds,
      slow_client: {
        frame_ms: percentiles(slow.flatMap(({ frames }) => frames)),
        commits_seen_per_second: slow[0].changes / seconds,
      },
      dashboard: {
        cpu_percent: Math.round(((after.cpu - before.cpu) / seconds) * 100),
        rss_mib: Math.round(after.rss / 1_048_576),
      },
    },
    null,
    2,
  ),
);
await browser.close();
await ended(start);
rmSync(folder, { recursive: true, force: true });
process.exit(0);

async function client(index) {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  const isSlow = index === 0;
  if (isSlow) {
    const session = await page.context().newCDPSession(page);
    await session.send('Network.emulateNetworkConditions', SLOW);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_CPU });
  }
  const route = ROUTES[index % ROUTES.length];
  await page.goto(`${url}/#/${route}`, { timeout: 120_000 });
  await page.locator(`.${route}`).waitFor({ timeout: 120_000 });
  return { page, slow: isSlow };
}

/**
 * In the page: the time from frame to frame, the longest script of each frame (a task that blocks longer than 50 ms shows as a
 * long task), and how often the indicator told of a newer commit.
 */
function RECORD() {
  const recorded = { frames: [], work: [], changes: 0 };
  window.recorded = recorded;
  let last = performance.now();
  const frame = (now) => {
    recorded.frames.push(Math.round((now - last) * 10) / 10);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) =>
    list.getEntries().forEach((entry) => recorded.work.push(Math.round(entry.duration))),
  ).observe({
    type: 'longtask',
  });
  new MutationObserver(() => recorded.changes++).observe(document.querySelector('.feed-detail'), {
    childList: true,
    characterData: true,
    subtree: true,
  });
}

function percentiles(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? null };
}

/** The process below `parent` whose command line holds `name`. */
function childOf(parent, name) {
  const rows = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(parent)], { encoding: 'utf8' }).split('\n');
  const row = rows.find((line) => line.includes(name));
  if (!row) throw new Error(`no ${name} below ${parent}`);
  return Number(row.trim().split(/\s+/)[0]);
}

/** Seconds of processor and resident bytes of a process (Linux). */
function usageOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1];
  return { cpu: (Number(fields[11]) + Number(fields[12])) / 100, rss: Number(rss) * 1_024 };
}
