// `vitals load` killed at random moments with SIGKILL while the lake grows, is compacted, jobs die half-way and answers are
// lost; then the rows of the warehouse (the project's strict stand-in for BigQuery) held against those of the lake:
//   node bench/load-kills.mjs [--kills 20] [--seed 20261121]
// It is the test of test/bigquery/load/kill.test.ts with this figure in the place of CI's.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '20' }, seed: { type: 'string', default: '20261121' } },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
const { status } = spawnSync(process.execPath, [...jest, '--runInBand', 'test/bigquery/load/kill'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, LOAD_KILLS: values.kills, LOAD_KILL_SEED: values.seed, LOAD_KILL_REPORT: '1' },
});
process.exitCode = status ?? 1;
