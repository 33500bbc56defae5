// A million simulated readings through a real Kafka broker into a lake, the consumer killed ten times with SIGKILL at random
// moments, then the audit, and the digest of bronze held against that of the topic:
//   node bench/kafka-kills.mjs [--messages 1000000] [--kills 10] [--seed 20261121]
// It is the test of test/engines/kafka/faults.test.ts with these figures in the place of CI's.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000000' },
    kills: { type: 'string', default: '10' },
    seed: { type: 'string', default: '20261121' },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
const only = [
  '--config',
  'jest.engines.config.js',
  '--runInBand',
  'test/engines/kafka/faults',
  '--testNamePattern',
  'killed .* times',
];
spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
const { status } = spawnSync(process.execPath, [...jest, ...only], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    VITALS_KAFKA_MESSAGES: values.messages,
    VITALS_KAFKA_KILLS: values.kills,
    VITALS_KILL_SEED: values.seed,
    VITALS_KAFKA_REPORT: '1',
  },
});
process.exitCode = status ?? 1;
