// Where the time goes, stage by stage: direct, and Flink with one and with two workers, in one sitting on the same readings. CPU
// profiles of every Node process by stage, CPU of the Java processes beside them. PATIENTS, MINUTES, BATCH and ENGINES change what runs.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runDirect } from '../dist/pipeline/engines/direct/engine.js';
import { runFlink } from '../dist/pipeline/engines/flink/engine.js';
import { runOptions, simulateHospital } from './support/hospital-hour.mjs';
import { watchJava } from './support/java-cpu.mjs';
import { microsByStage } from './support/stages.mjs';

const patients = process.env.PATIENTS ?? '1000';
const minutes = process.env.MINUTES ?? '60';
const messages = Number(process.env.BATCH ?? 10_000);
const chosen = (process.env.ENGINES ?? 'direct,flink-1,flink-2').split(',');
const hospital = simulateHospital({ patients, minutes });

async function measure(engine) {
  const profiles = join(hospital.folder, `${engine}-profiles`);
  mkdirSync(profiles);
  let first = null;
  const options = await runOptions(hospital, {
    lake: join(hospital.folder, engine),
    messages,
    onStatus: (status) => (first ??= { at: performance.now(), received: status.run.received }),
  });
  const session = new Session();
  session.connect();
  const post = promisify(session.post.bind(session));
  await post('Profiler.enable');
  await post('Profiler.setSamplingInterval', { interval: 500 });
  await post('Profiler.start');
  const java = watchJava();
  process.env.NODE_OPTIONS = `--import=${new URL('./support/profile-process.mjs', import.meta.url)}`;
  process.env.PROFILE_FOLDER = profiles;
  const before = process.cpuUsage();
  const started = performance.now();
  const status = await run(engine, options);
  const ended = performance.now();
  delete process.env.NODE_OPTIONS;
  const javaSeconds = java.stop();
  const { profile } = await post('Profiler.stop');
  const here = { profile, cpu: process.cpuUsage(before) };
  session.disconnect();
  const { received } = status.run;
  const all = [here, ...readdirSync(profiles).map((file) => JSON.parse(readFileSync(join(profiles, file), 'utf8')))];
  const micros = { 'Java: Flink, shuffle': javaSeconds * 1e6 };
  for (const each of all)
    for (const [stage, spent] of Object.entries(microsByStage(each))) micros[stage] = (micros[stage] ?? 0) + spent;
  return {
    engine,
    received,
    processes: all.length,
    firstSeconds: (first.at - started) / 1000,
    rate: ((received - first.received) / (ended - first.at)) * 1000,
    perReading: Object.fromEntries(Object.entries(micros).map(([stage, spent]) => [stage, spent / received])),
  };
}

function run(engine, options) {
  const signal = new AbortController().signal;
  if (engine === 'direct') return runDirect(options, signal);
  const flink = {
    cluster: { kind: 'embedded' },
    workers: Number(engine.split('-')[1]),
    depth: 3,
    attempts: 3,
    logFolder: join(hospital.folder, `${engine}-logs`),
    log: (event) => console.error(`  ${event}`),
  };
  return runFlink(options, flink, signal);
}

function print(results) {
  const stages = [...new Set(results.flatMap(({ perReading }) => Object.keys(perReading)))];
  const most = (stage) => Math.max(...results.map(({ perReading }) => perReading[stage] ?? 0));
  stages.sort((one, other) => most(other) - most(one));
  const row = (name, cells) =>
    console.log(`${name.padEnd(32)}${cells.map((cell) => String(cell).padStart(12)).join('')}`);
  row(
    'CPU us a reading',
    results.map(({ engine }) => engine),
  );
  for (const stage of stages)
    row(
      stage,
      results.map(({ perReading }) => (perReading[stage] ?? 0).toFixed(1)),
    );
  row(
    'all',
    results.map(({ perReading }) =>
      Object.values(perReading)
        .reduce((sum, each) => sum + each, 0)
        .toFixed(1),
    ),
  );
  row(
    'readings',
    results.map(({ received }) => received),
  );
  row(
    'Node processes',
    results.map(({ processes }) => processes),
  );
  row(
    'seconds to the first batch',
    results.map(({ firstSeconds }) => firstSeconds.toFixed(1)),
  );
  row(
    'then readings/s',
    results.map(({ rate }) => Math.round(rate)),
  );
}

try {
  const results = [];
  for (const engine of chosen) results.push(await measure(engine));
  print(results);
} finally {
  rmSync(hospital.folder, { recursive: true, force: true });
}
