// A simulated stretch of a hospital, and the options with which any engine reads it: what benchmarks of engines compare on.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { FileSource } from '../../dist/pipeline/sources/file-source.js';

const CLI = fileURLToPath(new URL('../../dist/cli/index.js', import.meta.url));

/** Simulates `patients` for `minutes`, a reading a minute each, into a folder of its own: `{ folder, input, people }`. */
export function simulateHospital({ patients, minutes }) {
  const folder = mkdtempSync(join(tmpdir(), 'vitals-bench-'));
  const input = join(folder, 'in');
  const people = join(folder, 'patients.ndjson');
  const size = ['--patients', patients, '--interval', '60', '--seed', 'bench', '--duration', `${minutes}m`];
  const where = ['--from', '2026-11-21T00:00:00Z', '--sink', `file:${input}`, '--patients-out', people];
  const made = spawnSync(process.execPath, [CLI, 'simulate', ...size, ...where], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  return { folder, input, people };
}

/** What a run without a model is told: all of the input, in batches of `messages`. */
export async function runOptions({ input, people }, { lake, messages, onStatus }) {
  return {
    lake,
    source: await FileSource.open(input, { deleteAcknowledged: false, once: true }),
    graph: {
      decode: { timezone: null },
      cleanse: { checkClock: false },
      pseudonym: 'pseudonym:bench',
      patients: 'patients:bench',
      model: null,
      ruleVersion: 'bench',
    },
    resources: { pseudonymKey: new Uint8Array(32), patients: readFileSync(people), model: null },
    versions: { rules: 'bench', model_id: null, patients: 'bench' },
    once: true,
    workers: 0,
    limits: { messages, bytes: 1 << 30 },
    batchMillis: 1000,
    outOfOrdernessMillis: 30_000,
    indexKeys: 1_000_000,
    clock: Date.now,
    onStatus,
  };
}
