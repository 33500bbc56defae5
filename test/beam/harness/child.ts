import { transformSync } from '@swc/core';
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { RepairName } from '../../../beam/repairs.js';
import type { ScenarioName } from './scenarios.js';

/** What each scenario of a child came to; one that ended its process has the last line of its error instead. */
export type Outcomes = Partial<Record<ScenarioName, unknown>>;

/** After this a child is taken to hang. All scenarios together take a tenth of it on an idle machine. */
const CHILD_MILLIS = 90_000;

/** Compiles the shim and the harness into a folder of their own, so that a child process needs no build and no loader. */
export function compileHarness(): { readonly folder: string; remove(): void } {
  const target = mkdtempSync(join(tmpdir(), 'vitals-beam-'));
  for (const folder of ['beam', 'test/beam/harness']) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts') || /^(portable|testing)[\\/]/.test(name)) continue;
      const output = join(target, folder, name.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(output), { recursive: true });
      const source = readFileSync(join(folder, name), 'utf8');
      const options = { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } } as const;
      writeFileSync(output, transformSync(source, options).code);
    }
  }
  writeFileSync(join(target, 'package.json'), '{"type":"module"}');
  symlinkSync(resolve('node_modules'), join(target, 'node_modules'));
  return { folder: target, remove: () => rmSync(target, { recursive: true }) };
}

/** Runs scenarios in one child process that has every repair but one; `-` leaves none out. */
export function runScenarios(
  folder: string,
  without: RepairName | '-',
  scenarios: readonly ScenarioName[],
): Promise<Outcomes> {
  const outcomes: Outcomes = {};
  const child = fork(join(folder, 'test/beam/harness/main.js'), [without, ...scenarios], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    timeout: CHILD_MILLIS,
    killSignal: 'SIGKILL',
  });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.on('message', ({ scenario, outcome }: { scenario: ScenarioName; outcome: unknown }) => {
    outcomes[scenario] = outcome;
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      const running = scenarios.find((scenario) => !(scenario in outcomes));
      if (code === null && running) outcomes[running] = 'hangs';
      else if (running) outcomes[running] = { crash: /^\w*Error:.*$/m.exec(stderr)?.[0] ?? stderr };
      done(outcomes);
    });
  });
}
