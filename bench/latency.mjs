// From a reading's publication to the commit that shows it: a live hospital through the Pub/Sub emulator, on the direct engine and
// on continuous Flink, one after the other. PATIENTS (a reading a second each), SECONDS and ENGINES change what runs.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const patients = process.env.PATIENTS ?? '200';
const seconds = process.env.SECONDS ?? '60';
const engines = { direct: ['--engine', 'direct'], 'flink streaming': ['--engine', 'flink', '--mode', 'streaming'] };
const chosen = (process.env.ENGINES ?? Object.keys(engines).join(',')).split(',');
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vitals-latency-'));
const cli = join(root, 'dist/cli/index.js');

async function startEmulator() {
  const found = spawnSync('bash', ['scripts/engines/pubsub-emulator.sh'], { cwd: root, encoding: 'utf8' });
  if (found.status !== 0) throw new Error(found.stderr);
  const port = await freePort();
  const emulator = spawn('java', ['-Xmx512m', '-jar', found.stdout.trim(), '--host=127.0.0.1', `--port=${port}`]);
  process.env.PUBSUB_EMULATOR_HOST = `127.0.0.1:${port}`;
  await said(emulator, /Server started/);
  return emulator;
}

/** Resolves when a program has said so on any of its outputs. */
function said(child, pattern) {
  return new Promise((resolve, reject) => {
    let text = '';
    const hear = (chunk) => {
      text = (text + chunk).slice(-10_000);
      if (pattern.test(text)) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => reject(new Error(text)));
  });
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function vitals(args, options = {}) {
  return spawn(process.execPath, [cli, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], ...options });
}

const ended = (child) => new Promise((resolve) => child.once('exit', resolve));

async function measure(engine) {
  const name = engine.replace(' ', '-');
  const topic = `pubsub:projects/demo-vitals/topics/${name}`;
  const source = `pubsub:projects/demo-vitals/subscriptions/${name}`;
  const lake = join(folder, name);
  const setup = vitals(['pubsub', 'setup', '--topic', topic, '--subscription', source]);
  if ((await ended(setup)) !== 0) throw new Error('the topic could not be made');
  const run = vitals(['run', ...engines[engine], '--source', source, '--lake', lake, '--json']);
  let log = '';
  for (const output of [run.stdout, run.stderr]) output.on('data', (chunk) => (log += chunk));
  const size = ['--patients', patients, '--interval', '1', '--duration', `${seconds}s`];
  const live = vitals(['simulate', ...size, '--late', '0', '--malformed', '0', '--lost', '0', '--sink', topic]);
  live.stdout.resume();
  live.stderr.resume();
  await ended(live);
  run.kill('SIGTERM');
  if ((await ended(run)) !== 0) throw new Error(log);
  return report(engine, lake);
}

function report(engine, lake) {
  const manifests = readdirSync(join(lake, 'batches')).filter((file) => file.endsWith('.json'));
  const committed = new Map();
  for (const file of manifests) {
    const { sequence, committed_at } = JSON.parse(readFileSync(join(lake, 'batches', file), 'utf8'));
    committed.set(sequence, committed_at);
  }
  const sql = 'SELECT batch, publish_time FROM bronze.patient_vitals ORDER BY publish_time';
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, 'query', '--lake', lake, '--json', sql], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (status !== 0 || stdout === '') throw new Error(`no rows in ${lake}: ${stderr}`);
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const first = Date.parse(rows[0].publish_time);
  const start = Math.min(...committed.values());
  // What was published before the engine was up waited for its start.
  const waits = rows
    .filter((row) => Date.parse(row.publish_time) > start)
    .map((row) => (committed.get(Number(row.batch)) - Date.parse(row.publish_time)) / 1000)
    .sort((one, other) => one - other);
  const at = (share) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))]?.toFixed(2);
  console.log(
    `${engine.padEnd(16)} ${rows.length} readings, first commit ${((start - first) / 1000).toFixed(1)} s after the first was published; ` +
      `then publish to commit, seconds: median ${at(0.5)}, 95% ${at(0.95)}, 99% ${at(0.99)}, most ${at(1)} (${waits.length} readings)`,
  );
}

const emulator = await startEmulator();
try {
  for (const engine of chosen) await measure(engine);
} finally {
  emulator.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
