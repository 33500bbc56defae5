import type { InstructionRequest } from 'apache-beam/proto/beam_fn_api';
import { sdk } from '../../../../beam/sdk-internals.js';
import { step } from '../../../../beam/step.js';
import { inTime } from '../deadline.js';
import type { Stage } from '../descriptor.js';
import { encodeElements, FakeRunner } from '../fake-runner.js';
import { GeneralObjectCoder } from '../sdk-modules.js';
import { outputOf } from './data.js';
import { readingSideInput } from './dofns.js';

const passing: Stage = ({ source }) => source('source').map(step('Same', same));

function same(element: unknown): unknown {
  return element;
}

/** A runner that serves all workers on one port, and tells them apart by the metadata of each call. */
export async function runnerThatDemandsWorkerIds() {
  const runner = await FakeRunner.start(passing, { demandWorkerId: true });
  runner.startWorker();
  const answer = await inTime(Promise.race([runner.bundle('b1'), sendAndHang(runner)]));
  return answer === 'no answer' ? answer : { error: answer.error };
}

async function sendAndHang(runner: FakeRunner): Promise<never> {
  await runner.send('b1', [1], true);
  return new Promise(() => {});
}

/** Questions about a bundle that has just ended, and the two that come after a bundle. */
export async function questionsAfterTheBundle() {
  const runner = await FakeRunner.start(passing);
  runner.startWorker();
  const answered = runner.bundle('b1');
  await runner.send('b1', [1], true);
  await answered;
  const ended = { instructionId: 'b1' };
  const questions: InstructionRequest['request'][] = [
    { oneofKind: 'processBundleSplit', processBundleSplit: { ...ended, desiredSplits: {} } },
    { oneofKind: 'processBundleProgress', processBundleProgress: ended },
    { oneofKind: 'monitoringInfos', monitoringInfos: { monitoringInfoId: ['m0'] } },
    { oneofKind: 'harnessMonitoringInfos', harnessMonitoringInfos: {} },
    { oneofKind: 'finalizeBundle', finalizeBundle: ended },
  ];
  const answers: Record<string, string> = {};
  for (const question of questions) {
    const kind = String(question.oneofKind);
    const answer = await inTime(runner.instruct(kind, question));
    answers[kind] = answer === 'no answer' ? answer : answer.error && 'failed';
  }
  return answers;
}

/** The runner is killed while a bundle is under way. */
export async function runnerIsKilled() {
  const runner = await FakeRunner.start(passing);
  const worker = runner.startWorker();
  void runner.bundle('b1');
  await runner.send('b1', [1], false);
  const ended = worker.wait().then(
    () => 'ended in order',
    (error: Error) => error.message.replace(/127\S+/, 'URL'),
  );
  runner.kill();
  return { worker: await inTime(ended) };
}

/** The runner ends the control stream in order, when its job is done. */
export async function runnerIsDone() {
  const runner = await FakeRunner.start(passing);
  const worker = runner.startWorker();
  const answered = runner.bundle('b1');
  await runner.send('b1', [1], true);
  await answered;
  await runner.endControl();
  return { worker: await inTime(worker.wait().then(() => 'ended in order')) };
}

/** The state stream breaks while a bundle waits for its side input. */
export async function stateBreaksDuringRead() {
  const runner = await FakeRunner.start(readingSideInput, { sideInput: () => 'break' });
  runner.startWorker();
  const answered = runner.bundle('b1');
  await runner.send('b1', [1], true);
  const answer = await inTime(answered);
  return answer === 'no answer' ? answer : { error: answer.error.replace(/127\S+/, 'URL') };
}

/** A side input of 5 MB, beyond gRPC's own limit on a message. */
export async function sideInputBeyondFourMegabytes() {
  const runner = await FakeRunner.start(readingSideInput, {
    sideInput: () => encodeElements(new GeneralObjectCoder(), ['x'.repeat(5_000_000)]),
  });
  runner.startWorker();
  const answered = runner.bundle('b1');
  await runner.send('b1', [1], true);
  const answer = await inTime(answered);
  if (answer === 'no answer') return answer;
  const output = (await outputOf(runner, 'b1')) as { first: string[] }[];
  return { error: answer.error, bytes: output[0]?.first[0]?.length };
}

/** How many lines the worker prints for one bundle and one split. */
export async function linesPrinted() {
  const runner = await FakeRunner.start(passing);
  let lines = 0;
  const { log, debug } = console;
  const count = () => void (lines += 1);
  Object.assign(console, { log: count, debug: count });
  try {
    runner.startWorker();
    const answered = runner.bundle('b1');
    await runner.send('b1', [1], false);
    const processBundleSplit = { instructionId: 'b1', desiredSplits: {} };
    await runner.instruct('split', { oneofKind: 'processBundleSplit', processBundleSplit });
    await runner.send('b1', [2], true);
    const { error } = await answered;
    return { error, lines };
  } finally {
    Object.assign(console, { log, debug });
  }
}

/** Two combiners over one grouping, in the stage after the GroupByKey. */
export async function combiningTwice() {
  const runner = await FakeRunner.start(({ root }) => {
    const rows = root.apply(step('Rows', sdk.create([{ ward: 'a', pulse: 1 }], false)));
    const summed = sdk.groupBy('ward').combining('pulse', sum, 'total').combining('pulse', larger, 'highest');
    return rows.apply(step('Summary', summed as never)) as ReturnType<typeof rows.map>;
  });
  runner.startWorker();
  const answered = runner.bundle('b1');
  await runner.send(
    'b1',
    [
      {
        key: 'a',
        value: [
          [60, 60],
          [90, 90],
          [70, 70],
        ],
      },
    ],
    true,
    'groups',
  );
  const { error } = await answered;
  return { error, output: error ? [] : await outputOf(runner, 'b1') };
}

function sum(a: number, b: number): number {
  return a + b;
}

function larger(a: number, b: number): number {
  return Math.max(a, b);
}

/** A combiner that is not there, such as `beam.sum`, which the package does not export. */
export async function combinerThatIsMissing() {
  try {
    sdk.groupBy('ward').combining('pulse', (sdk as unknown as Record<string, never>)['sum'] as never, 'total');
    return { error: '' };
  } catch (error) {
    return { error: (error as Error).message };
  }
}
