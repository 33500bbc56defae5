import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { REPAIRS, type RepairName } from '../../beam/repairs.js';
import { compileHarness, runScenarios, type Outcomes } from './harness/child.js';
import type { ScenarioName } from './harness/scenarios.js';

interface Case {
  /** The sentence that the scenario tells. */
  readonly rule: string;
  readonly scenario: ScenarioName;
  readonly right: unknown;
  /** The repairs without which it goes wrong, and how. */
  readonly wrong: Partial<Record<RepairName, unknown>>;
}

const LOST = 'beam: worker worker-1 has lost its control stream to dns:URL';

const CASES: readonly Case[] = [
  {
    rule: 'the end of the input waits until every message of its bundle is processed',
    scenario: 'endOfInputOvertakes',
    right: { error: '', finish: 'finished after 11', complete: true },
    wrong: { 'serial-bundles': { error: '', finish: expect.stringMatching(/after [1-9]$/), complete: false } },
  },
  {
    rule: 'the data channel keeps nothing of bundles that have ended or failed',
    scenario: 'memoryOfEndedBundles',
    right: { error: '', kept: 0 },
    wrong: { 'serial-bundles': { error: '', kept: 6 } },
  },
  {
    rule: 'an element of 5 MB reaches the worker',
    scenario: 'messageBeyondFourMegabytes',
    right: { error: '', output: [5_000_000] },
    wrong: { 'serial-bundles': 'no answer' },
  },
  {
    rule: 'output beyond 1 MB is sent once',
    scenario: 'outputBeyondOneFlush',
    right: { error: '', elements: 220 },
    wrong: { 'sink-buffer': { error: '', elements: 4_410 } },
  },
  {
    rule: 'a runner that demands the worker id with every call gives out descriptors',
    scenario: 'runnerThatDemandsWorkerIds',
    right: { error: '' },
    wrong: { 'worker-id': { error: 'Error: 3 INVALID_ARGUMENT: worker_id is missing' } },
  },
  {
    rule: 'questions about a bundle that has ended are answered empty',
    scenario: 'questionsAfterTheBundle',
    right: answersOfAllKinds(''),
    wrong: { 'every-instruction': answersOfAllKinds('failed') },
  },
  {
    rule: 'a bundle that is split ends at the split',
    scenario: 'splitUnderWay',
    right: { error: '', firstResidual: 5, output: [0, 1, 2, 3, 4, 'finished after 5'] },
    wrong: {},
  },
  {
    rule: 'a counter is told per bundle',
    scenario: 'countersOfTwoBundles',
    right: { counts: [3, 3] },
    wrong: { 'metrics-per-bundle': { counts: [3, 6] } },
  },
  {
    rule: 'epoch milliseconds survive the worker, bare and in a row',
    scenario: 'epochMilliseconds',
    right: { bare: 1_795_000_000_123, row: { at: 1_795_000_000_123 } },
    wrong: { 'int64-varint': { bare: -296_329_605, row: { at: -296_329_605 } } },
  },
  {
    rule: 'decoding a double copies eight bytes, not the message',
    scenario: 'hundredDoubles',
    right: { error: '', copies: 0 },
    wrong: { 'fast-double': { error: '', copies: 100 } },
  },
  {
    rule: 'NaN, infinities and negative zero survive the worker',
    scenario: 'unusualNumbers',
    right: ['NaN', 'Infinity', '-Infinity', '-0', '1.5', '7'],
    wrong: { 'safe-number': ['0', '9223372036854776000', '-9223372036854776000', '0', '1.5', '7'] },
  },
  {
    rule: 'an iterable side input can be read twice on the worker',
    scenario: 'sideInputReadTwice',
    right: sideInputs([10, 20], [10, 20], [10, 20]),
    wrong: { 'reiterable-side-inputs': sideInputs([], [], []) },
  },
  {
    rule: 'an asynchronous process is awaited on the worker',
    scenario: 'asynchronousProcess',
    right: { error: '', output: [1, 10, 2, 20] },
    wrong: { 'async-dofns': { error: 'TypeError: doFnOutput is not iterable', output: [] } },
  },
  {
    rule: 'an asynchronous read after an impulse is awaited on the DirectRunner',
    scenario: 'asynchronousRead',
    right: { done: 1 },
    wrong: { 'awaited-impulse': { done: 0 } },
  },
  {
    rule: 'bytes survive the worker, bare, in an object and in a list',
    scenario: 'bytesOfAllKinds',
    right: [
      [1, 2, 255],
      [1, 2, 255],
      [1, 2, 255],
    ],
    wrong: { 'objects-and-bytes': ['no bytes', 'no bytes', 'no bytes'] },
  },
  {
    rule: 'an object of 18 MB survives the worker whole',
    scenario: 'objectBeyondTheBuffer',
    right: { characters: 18_000_000, intact: true },
    wrong: { 'objects-and-bytes': { characters: 17_825_778, intact: true } },
  },
  {
    rule: 'a distribution is coded as a runner reads it',
    scenario: 'distributionOfThree',
    right: { figures: [3, 8_589_934_604, 5, 8_589_934_592], left: 0 },
    wrong: { distributions: { figures: [0, 0, 0, 4], left: 12 } },
  },
  {
    rule: 'an asynchronous DoFn has the timestamp of its own element after an await',
    scenario: 'timestampAfterAnAwait',
    right: { error: '', output: [1, 2, 3].map((element) => ({ element, at: element })) },
    wrong: { 'async-dofns': { error: 'TypeError: doFnOutput is not iterable', output: [] } },
  },
  {
    rule: 'a worker whose runner is done ends in order',
    scenario: 'runnerIsDone',
    right: { worker: 'ended in order' },
    wrong: { 'control-loss': { worker: 'no answer' } },
  },
  {
    rule: 'a runner that dies ends its worker with an error that names it, not with an unhandled event',
    scenario: 'runnerIsKilled',
    right: { worker: `${LOST} 1 CANCELLED: Call cancelled` },
    wrong: { 'control-loss': { crash: 'Error: 1 CANCELLED: Call cancelled' } },
  },
  {
    rule: 'a bundle that reads state fails when the state stream breaks',
    scenario: 'stateBreaksDuringRead',
    right: { error: 'Error: beam: the state stream to URL is lost: 14 UNAVAILABLE: broken on purpose' },
    wrong: { 'state-loss': 'no answer' },
  },
  {
    rule: 'a side input of 5 MB reaches the worker',
    scenario: 'sideInputBeyondFourMegabytes',
    right: { error: '', bytes: 5_000_000 },
    wrong: { 'state-loss': 'no answer' },
  },
  {
    rule: 'a worker prints nothing of its own for a bundle and a split',
    scenario: 'linesPrinted',
    right: { error: '', lines: 0 },
    wrong: { 'quiet-worker': { error: '', lines: 4 } },
  },
  {
    rule: 'two combiners over one grouping work on the worker',
    scenario: 'combiningTwice',
    right: { error: '', output: [{ ward: 'a', total: 220, highest: 90 }] },
    wrong: {},
  },
  {
    rule: 'a combiner that is missing is refused when the pipeline is built',
    scenario: 'combinerThatIsMissing',
    right: { error: expect.stringMatching(/combining into total was given no combiner/) },
    wrong: { 'missing-combiner': { error: '' } },
  },
  {
    rule: 'what travels by name is found without walking all names for each value',
    scenario: 'hundredKnownObjects',
    right: { same: true, looks: 'each once' },
    wrong: { 'known-objects': { same: true, looks: 'each often' } },
  },
];

const TAKEN_OUT = CASES.flatMap(({ rule, scenario, right, wrong }) =>
  Object.entries(wrong).map(([repair, outcome]) => ({ repair: repair as RepairName, rule, scenario, right, outcome })),
);

describe('the repairs of apache-beam, against its real worker and a runner that is a fake', () => {
  const harness = compileHarness();
  const whole: Outcomes = {};
  const lacking = new Map<RepairName, Outcomes>();

  // One process per repair that is taken out. Those that hang on purpose do so side by side.
  beforeAll(async () => {
    const queue: (() => Promise<void>)[] = [
      async () =>
        void Object.assign(
          whole,
          await runScenarios(
            harness.folder,
            '-',
            CASES.map(({ scenario }) => scenario),
          ),
        ),
      ...[...new Set(TAKEN_OUT.map(({ repair }) => repair))].map((repair) => async () => {
        const scenarios = TAKEN_OUT.filter((taken) => taken.repair === repair).map(({ scenario }) => scenario);
        lacking.set(repair, await runScenarios(harness.folder, repair, scenarios));
      }),
    ];
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) await next();
    };
    await Promise.all([work(), work(), work()]);
  }, 240_000);

  afterAll(() => harness.remove());

  test.each(CASES)('$rule', ({ scenario, right }) => {
    expect(whole[scenario]).toEqual(right);
  });

  test.each(TAKEN_OUT)('without $repair it goes wrong: $rule', ({ repair, scenario, outcome, right }) => {
    const seen = lacking.get(repair)?.[scenario];
    expect(seen).toEqual(outcome);
    expect(seen).not.toEqual(right);
  });

  test('every repair is taken out by a scenario', () => {
    expect(new Set(TAKEN_OUT.map(({ repair }) => repair))).toEqual(new Set(Object.keys(REPAIRS)));
  });
});

function answersOfAllKinds(answer: string): Record<string, string> {
  const kinds = ['processBundleSplit', 'processBundleProgress', 'monitoringInfos', 'harnessMonitoringInfos'];
  return Object.fromEntries([...kinds, 'finalizeBundle'].map((kind) => [kind, answer]));
}

function sideInputs(second: number[], thirdRead: number[], fourthRead: number[]): object {
  return {
    error: '',
    output: [
      { element: 1, first: [10, 20], second },
      { element: 2, first: thirdRead, second: fourthRead },
    ],
  };
}
