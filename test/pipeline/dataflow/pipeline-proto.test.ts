import { describe, expect, test } from '@jest/globals';
import { beam, type Root } from '../../../beam/index.js';
import { runnerApi } from '../../../beam/portable/internals.js';
import { checkGraph, stepNames } from '../../../pipeline/engines/dataflow/check-graph.js';
import { checkMapping } from '../../../pipeline/engines/dataflow/check-mapping.js';
import { serialisePipeline } from '../../../pipeline/engines/dataflow/pipeline-proto.js';
import { continuousPipeline, IMAGE, namedPipeline } from './a-submission.js';

describe('the pipeline that Dataflow is sent', () => {
  test('every step of the continuous graph has an explicit name of its own', async () => {
    const names = stepNames((await continuousPipeline()).pipeline);
    expect(names.length).toBeGreaterThan(40);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => /[^A-Za-z0-9 ._/-]/.test(name))).toEqual([]);
    expect(names).toEqual(
      expect.arrayContaining(['Read Pubsub', 'Land', 'Decode/Rows', 'Write silver.patient_vitals']),
    );
  });

  test('the same graph gives the same bytes, another graph gives others', async () => {
    const [one, two, other] = [
      await continuousPipeline(),
      await continuousPipeline(),
      await continuousPipeline({ ruleVersion: 'other' }),
    ];
    expect(two.sha256).toBe(one.sha256);
    expect(other.sha256).not.toBe(one.sha256);
    expect(runnerApi.Pipeline.fromBinary(one.bytes)).toEqual(one.pipeline);
  });

  test('a graph is streaming when it reads a subscription, and bounded when it does not', async () => {
    expect((await continuousPipeline()).streaming).toBe(true);
    expect((await namedPipeline('Impulse')).streaming).toBe(false);
  });

  test('DoFns run in the image, which needs nothing staged beside it', async () => {
    const { components } = (await continuousPipeline()).pipeline;
    const environments = Object.values(components?.environments ?? {});
    expect(environments.map(({ urn, dependencies }) => [urn, dependencies])).toEqual([['beam:env:docker:v1', []]]);
    const { containerImage } = runnerApi.DockerPayload.fromBinary(environments[0]?.payload ?? new Uint8Array());
    expect(containerImage).toBe(IMAGE);
  });

  test.each([
    [
      'an object',
      beam.withName('parDo([object Object])', beam.impulse()),
      /"parDo\(\[object Object\]\)" has no explicit/,
    ],
    ['source text', beam.withName('(x) => x', beam.impulse()), /has no explicit name/],
    ['a temporary of the compiler', beam.withName('_tct_transform_1', beam.impulse()), /has no explicit name/],
  ])('a step that is called by %s is refused', async (_what, transform, message) => {
    const building = serialisePipeline((root: Root) => void root.apply(transform as never), IMAGE);
    await expect(building).rejects.toThrow(message);
  });

  test('two steps of one name are refused', async () => {
    const { pipeline } = await namedPipeline('One', 'Two');
    for (const transform of Object.values(pipeline.components?.transforms ?? {})) transform.uniqueName = 'Same';
    expect(() => checkGraph(pipeline)).toThrow(/two steps are called "Same"/);
  });

  test.each([
    ['collection', 'pcollections'],
    ['coder', 'coders'],
    ['windowing strategy', 'windowingStrategies'],
  ] as const)('a step that names an unknown %s is refused', async (kind, part) => {
    const { pipeline } = await namedPipeline('Impulse');
    if (pipeline.components) pipeline.components[part] = {};
    expect(() => checkGraph(pipeline)).toThrow(new RegExp(`names an unknown ${kind}`));
  });

  test('an environment that is no image is refused', async () => {
    const { pipeline } = await namedPipeline('Impulse');
    for (const environment of Object.values(pipeline.components?.environments ?? {})) environment.urn = 'js_default';
    expect(() => checkGraph(pipeline)).toThrow(/environment jsEnvironment is js_default/);
  });
});

describe('the mapping of an update', () => {
  const steps = ['Decode', 'Decode/Rows', 'Score'];

  test('names steps, beginnings of steps, and what is gone', () => {
    expect(() => checkMapping({ Parse: 'Decode', 'Parse/Old': 'Decode/Rows', Rate: '' }, steps)).not.toThrow();
  });

  test.each([['Decod'], ['Rows'], ['decode']])('a new name that no step has is refused: %s', (name) => {
    expect(() => checkMapping({ Parse: name }, steps)).toThrow(/--transform-name-mapping: "Parse" cannot become/);
  });
});
