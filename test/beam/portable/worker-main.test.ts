import { afterEach, describe, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { finished } from '../../support/vitals.js';
import { serveFakeRunner, type FakeRunner, type ProvisionAnswer } from './fake-runner.js';

const PROGRAM = fileURLToPath(new URL('../../../dist/beam/portable/worker-main.js', import.meta.url));
const SETUP = fileURLToPath(new URL('./set-up.mjs', import.meta.url));
const MODULES = ['apache-beam', 'vitals-lakehouse/transforms/window'];

let runner: FakeRunner;
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  runner?.close();
});

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    // Somewhere else than the package: a container's working folder is not ours to choose.
    cwd: '/',
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

/** A container of the runner that is served, by its contract. */
async function container(answer: ProvisionAnswer, env: NodeJS.ProcessEnv = {}): Promise<ChildProcess> {
  runner = await serveFakeRunner(answer);
  return start(['--id=main', `--provision_endpoint=${runner.endpoint}`, '--semi_persist_dir=/tmp'], env);
}

describe('the worker by the container contract', () => {
  test('loads the modules of nested options, as Dataflow sends them, and opens a control stream for every sibling', async () => {
    const pipelineOptions = { options: { registered_node_modules: MODULES, project: 'p' }, display_data: [] };
    const child = await container({ pipelineOptions, siblings: ['sibling-1', 'sibling-2'] });
    await runner.connected('main', 'sibling-1', 'sibling-2');
    expect(runner.ids()).toEqual(['main', 'sibling-1', 'sibling-2']);
    runner.endControl();
    expect(await finished(child)).toMatchObject({ code: 0, stdout: '' });
    expect(runner.logs()).toContain('worker main is ready');
  });

  test('loads the modules of flat options, as runners of the portable API send them', async () => {
    const child = await container({ pipelineOptions: { 'beam:option:registered_node_modules:v1': MODULES } });
    await runner.connected('main');
    runner.endControl();
    expect(await finished(child)).toMatchObject({ code: 0 });
  });

  test('refuses to work without modules, and says so to its runner too', async () => {
    const child = await container({ pipelineOptions: { options: { registered_node_modules: ['apache-beam'] } } });
    const { code, stderr } = await finished(child);
    expect(code).toBe(1);
    expect(stderr).toMatch(/no modules to load.*registered_node_modules/);
    expect(runner.ids()).toEqual([]);
    expect(runner.logs().join()).toMatch(/no modules to load/);
  });

  test('names a module that it cannot load', async () => {
    const modules = [...MODULES, 'vitals-lakehouse/transforms/absent'];
    const { code, stderr } = await finished(await container({ pipelineOptions: { registered_node_modules: modules } }));
    expect(code).toBe(1);
    expect(stderr).toMatch(/cannot load the module vitals-lakehouse\/transforms\/absent/);
    expect(runner.ids()).toEqual([]);
  });

  test('sets itself up before it connects, by the pipeline options or by its environment', async () => {
    const setup = { module: SETUP, argument: { fail: 'by the options' } };
    const options = { registered_node_modules: MODULES, worker_setup: setup };
    const byOptions = await finished(await container({ pipelineOptions: { options } }));
    expect(byOptions).toMatchObject({ code: 1, stderr: expect.stringContaining('by the options') });
    runner.close();
    const env = { BEAM_WORKER_SETUP: SETUP, BEAM_WORKER_SETUP_ARGUMENT: '{"fail":"by the environment"}' };
    const byEnvironment = await finished(await container({ pipelineOptions: { options } }, env));
    expect(byEnvironment).toMatchObject({ code: 1, stderr: expect.stringContaining('by the environment') });
    expect(runner.ids()).toEqual([]);
  });

  test('takes everything from its flags under the boot of Beam, and asks nobody', async () => {
    runner = await serveFakeRunner();
    const options = JSON.stringify({ options: { registered_node_modules: MODULES } });
    const child = start([
      '--id=w1',
      `--control_endpoint=${runner.endpoint}`,
      '--logging_endpoint=',
      `--options=${options}`,
    ]);
    await runner.connected('w1');
    runner.endControl();
    expect(await finished(child)).toMatchObject({ code: 0 });
  });

  test('fails with the reason when its runner is lost', async () => {
    const child = await container({ pipelineOptions: { registered_node_modules: MODULES } });
    await runner.connected('main');
    runner.close();
    const { code, stderr } = await finished(child);
    expect(code).toBe(1);
    expect(stderr).toMatch(/worker main has lost its control stream/);
  });

  test('says which flag is missing', async () => {
    expect(await finished(start([]))).toMatchObject({ code: 1, stderr: expect.stringContaining('--id') });
    const withoutRunner = await finished(start(['--id=w1']));
    expect(withoutRunner).toMatchObject({ code: 1, stderr: expect.stringContaining('--provision_endpoint') });
  });
});
