// Flink micro-batches beside the direct engine, in one sitting: readings a second, the time of a batch's job, and whether all
// of them made the same silver and gold. PATIENTS, MINUTES and BATCH change the size; ENGINES picks some.
// KILLS=10 also ends so many processes at random (workers, task managers, the job server) and audits what is left; SEED chooses them.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runDirect } from '../dist/pipeline/engines/direct/engine.js';
import { runFlink } from '../dist/pipeline/engines/flink/engine.js';
import { auditLake } from '../dist/query/audit/audit.js';
import { describeAudit } from '../dist/query/audit/describe.js';
import { runOptions, simulateHospital } from './support/hospital-hour.mjs';

const patients = process.env.PATIENTS ?? '200';
const minutes = process.env.MINUTES ?? '60';
const messages = Number(process.env.BATCH ?? 3000);
const kills = Number(process.env.KILLS ?? 0);
const chosen = (process.env.ENGINES ?? 'direct,embedded-1,embedded-2,standalone-2').split(',');
const hospital = simulateHospital({ patients, minutes });
const work = hospital.folder;

/** The same kills for the same seed. */
function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** Ends processes at random until so many have ended or the run is over. */
async function doHarm({ pids, workerPids }, over) {
  const next = random(Number(process.env.SEED ?? 42));
  const ended = [];
  while (ended.length < kills && !over()) {
    await pause(500 + next() * 4_000);
    const java = Object.entries(await pids()).filter(([name]) => name !== 'job manager');
    const targets = [...java, ...workerPids().map((pid) => ['worker', pid])];
    // A job needs workers at work to be hurt.
    if (workerPids().length === 0) continue;
    const kinds = ['worker', 'task manager', 'job server'].filter((kind) =>
      targets.some(([name]) => name.startsWith(kind)),
    );
    const kind = kinds[Math.floor(next() * kinds.length)];
    const candidates = targets.filter(([name]) => name.startsWith(kind));
    const [name, pid] = candidates[Math.floor(next() * candidates.length)];
    try {
      process.kill(pid, 'SIGKILL');
      ended.push(name);
      console.log(`  killed ${name}`);
    } catch {
      // It had just ended by itself.
    }
  }
  return ended;
}

async function measure(engine) {
  const lake = join(work, engine);
  const started = performance.now();
  let first = null;
  let over = false;
  let harm = Promise.resolve([]);
  const onStatus = (status) => (first ??= { at: performance.now(), received: status.run.received });
  const options = await runOptions(hospital, { lake, messages, onStatus });
  const signal = new AbortController().signal;
  let status;
  if (engine === 'direct') {
    status = await runDirect(options, signal);
  } else {
    const [kind, size] = engine.split('-');
    const cluster = kind === 'embedded' ? { kind } : { kind, taskManagers: Number(size) };
    const flink = {
      cluster,
      workers: Number(size),
      depth: Number(process.env.DEPTH ?? 3),
      attempts: 12,
      logFolder: join(work, `${engine}-logs`),
      log: (event) => console.log(`  ${event}`),
      onOpen: (handles) => {
        if (kills > 0) harm = doHarm(handles, () => over);
      },
    };
    status = await runFlink(options, flink, signal);
  }
  over = true;
  const ended = performance.now();
  const killed = await harm.catch((error) => [`harm failed: ${error.message}`]);
  const report = await auditLake(lake);
  if (!report.ok) console.log(describeAudit(report).join('\n'));
  const steady = status.run.received - first.received;
  const rate = steady > 0 ? Math.round((steady / (ended - first.at)) * 1000) : 0;
  const seconds = ((ended - started) / 1000).toFixed(1);
  const startup = ((first.at - started) / 1000).toFixed(1);
  console.log(
    `${engine.padEnd(13)} ${status.run.received} readings in ${seconds} s (first batch after ${startup} s, then ${rate}/s), ` +
      `${killed.length} kills, audit ${report.ok ? 'green' : 'RED'}, silver ${report.silver_hash.slice(0, 12)} gold ${report.gold_hash.slice(0, 12)}`,
  );
  return `${report.silver_hash}/${report.gold_hash}`;
}

try {
  const made = new Set();
  for (const engine of chosen) made.add(await measure(engine));
  console.log(made.size === 1 ? 'All of them made the same silver and gold.' : 'SILVER OR GOLD DIFFER');
  if (made.size !== 1) process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
