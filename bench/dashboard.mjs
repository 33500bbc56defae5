// What the dashboard costs beside a live hospital: `vitals start`, 20 listeners of which one never reads, and the 19 others asking
// as pages do, again after a commit but not more often than every two seconds. PATIENTS and SECONDS change what runs.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const patients = process.env.PATIENTS ?? '2800';
const seconds = Number(process.env.SECONDS ?? '60');
const CLIENTS = 20;
const PAGE_PERIOD = 2_000;
const cli = fileURLToPath(new URL('../dist/cli/index.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vitals-dashboard-bench-'));

const start = spawn(
  process.execPath,
  [cli, 'start', '--lake', join(folder, 'lake'), '--patients', patients, '--port', '0', '--json'],
  { stdio: ['ignore', 'pipe', 'pipe'] },
);
let notes = '';
let summary = '';
start.stderr.on('data', (chunk) => (notes += chunk));
start.stdout.on('data', (chunk) => (summary += chunk));
const ended = new Promise((resolve) => start.once('close', resolve));

async function until(what, look) {
  for (const deadline = Date.now() + 180_000; Date.now() < deadline;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${what} did not come: ${notes}`);
}

/** User and system time of a process in seconds, and its resident memory in MiB. */
function usage(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { cpu: (Number(fields[11]) + Number(fields[12])) / 100, rss: Number(rss) / 1024 };
}

function dashboardPid() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .find((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        return (
          new RegExp(`PPid:\\s+${start.pid}\\n`).test(status) &&
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('dashboard-child')
        );
      } catch {
        return false;
      }
    });
}

/** A page: listens, and asks its question again after a commit. */
function openPage(url, question, page) {
  let asking = false;
  let last = 0;
  const ask = async () => {
    if (asking || Date.now() - last < PAGE_PERIOD) return;
    asking = true;
    last = Date.now();
    const began = performance.now();
    const response = await fetch(url + question).catch(() => null);
    await response?.arrayBuffer();
    if (response?.ok) page.answers.push([question.split('?')[0], performance.now() - began]);
    else page.failures += 1;
    asking = false;
  };
  page.request = get(`${url}/api/events`, (response) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('error', () => undefined);
    response.on('data', (chunk) => {
      const now = Date.now();
      text += chunk;
      const frames = text.split('\n\n');
      text = frames.pop();
      for (const frame of frames) {
        const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(frame) ?? [];
        if (event === 'commit') {
          const appeared = manifests.get(JSON.parse(data).batch);
          if (appeared !== undefined) page.delays.push(now - appeared);
          void ask();
        }
        if (event === 'alert') page.alerts.push(now - Date.parse(JSON.parse(data).commit_time));
      }
    });
  });
  page.request.on('error', () => undefined);
}

/** When the manifest of a batch, its commit, appeared. */
const manifests = new Map();

const at = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? '-' : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(0);
};

try {
  const url = await until('the dashboard', () => /dashboard at (http:\S+)\//.exec(notes)?.[1]);
  await until('the first commit', async () => (await fetch(`${url}/healthz`).catch(() => null))?.ok);
  const hospital = await until('a patient', async () => {
    const answer = await (await fetch(`${url}/api/hospital`)).json();
    return answer.patients?.length > 20 ? answer : null;
  });
  const watcher = watch(join(folder, 'lake', 'batches'), (_, name) => {
    const [, sequence] = /^(\d{12})\.json$/.exec(name ?? '') ?? [];
    if (sequence !== undefined && !manifests.has(Number(sequence))) manifests.set(Number(sequence), Date.now());
  });
  const questions = [
    '/api/hospital',
    '/api/alerts',
    '/api/pipeline',
    ...hospital.patients.slice(0, 16).map((p) => `/api/patient?id=${p.patient_id}`),
  ];
  const slow = get(`${url}/api/events`, (response) => response.pause());
  slow.on('error', () => undefined);
  const pages = Array.from({ length: CLIENTS - 1 }, () => ({ delays: [], alerts: [], answers: [], failures: 0 }));
  pages.forEach((page, i) => openPage(url, questions[i % questions.length], page));

  const pid = dashboardPid();
  const before = usage(pid);
  let peak = 0;
  const sampler = setInterval(() => (peak = Math.max(peak, usage(pid).rss)), 500);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  clearInterval(sampler);
  const after = usage(pid);
  const medians = pages.map((page) => Number(at(page.delays, 0.5)));
  const all = (key) => pages.flatMap((page) => page[key]);
  console.log(`${patients} patients at one reading a second, ${CLIENTS} listeners (one never reads), ${seconds} s`);
  console.log(
    `server: CPU ${(((after.cpu - before.cpu) / seconds) * 100).toFixed(0)}% of a core, resident ${after.rss.toFixed(0)} MiB, ${peak.toFixed(0)} at most`,
  );
  console.log(
    `manifest to event, ms: median ${at(all('delays'), 0.5)}, 95% ${at(all('delays'), 0.95)}, most ${at(all('delays'), 1)} (${all('delays').length} events; medians of the listeners ${Math.min(...medians)} to ${Math.max(...medians)})`,
  );
  console.log(
    `an alert's commit_time (the commit begins) to its event, ms: median ${at(all('alerts'), 0.5)}, 95% ${at(all('alerts'), 0.95)}, most ${at(all('alerts'), 1)} (${all('alerts').length} alerts)`,
  );
  for (const question of new Set(all('answers').map(([name]) => name))) {
    const times = all('answers')
      .filter(([name]) => name === question)
      .map(([, ms]) => ms);
    console.log(`${question}: median ${at(times, 0.5)} ms, 95% ${at(times, 0.95)} ms (${times.length} answers)`);
  }
  console.log(`answers that failed: ${pages.reduce((sum, page) => sum + page.failures, 0)}`);
  watcher.close();
  for (const page of pages) page.request.destroy();
  slow.destroy();
} finally {
  start.kill('SIGTERM');
  await ended;
  if (summary !== '') {
    const { run, lagMillis } = JSON.parse(summary);
    console.log(`pipeline: ${run.received} readings, ${run.alerts} alerts, lag at the end ${lagMillis} ms`);
  }
  rmSync(folder, { recursive: true, force: true });
}
