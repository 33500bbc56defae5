import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../../dist/cli/index.js', import.meta.url));
const PATIENTS = '40';
/** Of the past that the charts show, and a share of it in trouble. */
const HOURS = 4;
const START_WITHIN_MS = 120_000;
const END_WITHIN_MS = 15_000;

/** `vitals` with these arguments; VITALS_* of the tests are not its options. */
export function startVitals(args) {
  const entries = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('VITALS_') && name !== 'NODE_OPTIONS',
  );
  return spawn(process.execPath, [CLI, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: Object.fromEntries(entries),
  });
}

async function run(args) {
  const child = startVitals(args);
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  child.stdout.resume();
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`vitals ${args[0]} ended with ${code}: ${said}`);
}

/** Waits until a process has written what matches; its end before that is a failure. */
export function saying(child, pattern, withinMs = START_WITHIN_MS) {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(
      () => reject(new Error(`nothing like ${pattern} within ${withinMs} ms: ${said}`)),
      withinMs,
    );
    const look = (chunk) => {
      said += chunk;
      const match = pattern.exec(said);
      if (!match) return;
      clearTimeout(timer);
      resolve(match);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.on('close', (code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
}

/** Asks a process to end and waits for it, not longer than it may take to drain. */
export async function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((resolve) => child.on('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), END_WITHIN_MS);
  await over;
  clearTimeout(timer);
  for (const stream of [child.stdout, child.stderr]) stream.destroy();
}

/** A lake with hours of history, and `vitals start` on it: simulator, pipeline and dashboard, live. */
export async function openHospital() {
  const folder = await mkdtemp(join(tmpdir(), 'vitals-browser-'));
  const lake = join(folder, 'lake');
  const history = join(folder, 'history');
  const start = join(lake, '_start');
  const people = ['--patients', PATIENTS, '--seed', '42'];
  const now = Date.now();
  // The first seconds train the model that scores the history.
  await run(['start', ...people, '--lake', lake, '--port', '0', '--duration', '1s']);
  const range = [
    '--from',
    new Date(now - HOURS * 3_600_000).toISOString(),
    '--to',
    new Date(now - 60_000).toISOString(),
  ];
  const trouble = ['--scenario', 'respiratory_depression', '--scenario-share', '0.3', '--file-seconds', '1200'];
  await run(['simulate', ...people, '--interval', '60', ...range, ...trouble, '--sink', `file:${history}`]);
  const resources = ['--model', join(start, 'model'), '--patients', join(start, `patients-42-${PATIENTS}.ndjson`)];
  await run(['run', '--source', `file:${history}`, '--once', '--lake', lake, ...resources]);
  const hospital = startVitals(['start', ...people, '--lake', lake, '--port', '0']);
  const [url] = await saying(hospital, /http:\/\/127\.0\.0\.1:\d+/);
  await committed(url);
  return {
    url,
    lake,
    landing: join(start, 'landing'),
    folder,
    close: async () => {
      await ended(hospital);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits for the first commit of the run: before it the pages show what was, and say that it is stale. */
async function committed(url) {
  const deadline = Date.now() + START_WITHIN_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/api/pipeline`).then(
      (response) => (response.ok ? response.json() : null),
      () => null,
    );
    if (answer?.committed_at && Date.now() - Date.parse(answer.committed_at) < 3_000) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('the hospital has committed nothing');
}
