// The whole path, from files to a committed lake: readings a second and peak memory, by number of workers. PATIENTS and HOURS change
// the size (700 patients, 6 hours at a reading a minute: 252,000 readings).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const patients = process.env.PATIENTS ?? '700';
const hours = process.env.HOURS ?? '6';
const cli = fileURLToPath(new URL('../dist/cli/index.js', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'vitals-bench-'));
const vitals = (...args) => spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', maxBuffer: 1 << 26 });
try {
  const people = join(work, 'patients.ndjson');
  vitals(
    'simulate',
    '--patients',
    patients,
    '--interval',
    '60',
    '--seed',
    'bench',
    '--from',
    '2026-11-21T00:00:00Z',
    '--duration',
    `${hours}h`,
    '--sink',
    `file:${join(work, 'in')}`,
    '--patients-out',
    people,
  );
  for (const workers of ['0', '1', '2']) {
    const run = vitals(
      'run',
      '--once',
      '--json',
      '--source',
      `file:${join(work, 'in')}`,
      '--patients',
      people,
      '--lake',
      join(work, `lake-${workers}`),
      '--workers',
      workers,
    );
    const { run: counts, readingsPerSecond, peakRssBytes } = JSON.parse(run.stdout);
    const rate = Math.round(readingsPerSecond).toLocaleString('en-US');
    const memory = Math.round(peakRssBytes / 2 ** 20);
    console.log(`${workers} workers: ${counts.received.toLocaleString('en-US')} readings, ${rate}/s, ${memory} MiB`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
