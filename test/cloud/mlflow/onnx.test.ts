import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { writeModelFolder } from '../../../cli/model-files.js';
import { uniformSource } from '../../../model/forest/random.js';
import { decodeModelFolder } from '../../../model/model-folder.js';
import { createEncoder } from '../../../model/features/encoder.js';
import { rowWidth, type AnomalyModel, type ModelFeature } from '../../../model/model.js';
import { createNeuralModel, type NeuralModel } from '../../../model/neural/neural-model.js';
import { aNetwork, aNeuralModel } from '../../model/neural/networks.js';
import { smallForest } from '../../support/forests.js';
import { vitals } from '../../support/vitals.js';
import { describeWithMlflow, installMlflow } from './installed.js';

const SCORE = fileURLToPath(new URL('score_onnx.py', import.meta.url));
const ROWS = 500;

/** Every way in which a feature can reach a network. */
const FEATURES: readonly ModelFeature[] = [
  {
    name: 'heart_rate',
    unit: '/min',
    median: 80,
    scaling: { kind: 'standard', mean: 82, deviation: 15, indicator: true },
  },
  { name: 'spo2', unit: '%', median: 97, scaling: { kind: 'standard', mean: 96, deviation: 3, indicator: false } },
  { name: 'time_of_day', unit: 'h', median: 12, scaling: { kind: 'cycle', period: 24, indicator: true } },
  { name: 'age', unit: 'a', median: 0.5, scaling: { kind: 'identity', indicator: false } },
];

function networkOf(steps: number): NeuralModel {
  const { slots } = createEncoder(FEATURES);
  const count = FEATURES.length;
  const network = { ...aNetwork(slots, steps), features: count, typical: Float64Array.of(0.3, 0.2, 0.9, 0.1) };
  return createNeuralModel({ ...aNeuralModel(count, steps), features: FEATURES, network });
}

/** Rows about the means, some far out, some values and now and then nearly all of them missing. */
function rowsOf(model: AnomalyModel): Float64Array {
  const random = uniformSource('onnx rows');
  const typical = [82, 96, 12, 0.5];
  const width = rowWidth(model);
  return Float64Array.from({ length: ROWS * width }, (_, at) => {
    const [row, feature] = [Math.floor(at / width), at % FEATURES.length];
    if (random() < (row % 5 === 0 ? 0.7 : 0.1)) return NaN;
    if (random() < 0.02) return random() < 0.5 ? 1e9 : -1e9;
    return typical[feature]! * (0.5 + random());
  });
}

describeWithMlflow(installMlflow(), 'vitals model export', (python) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vitals-onnx-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['an autoencoder', networkOf(1)],
    ['an LSTM', networkOf(10)],
  ])(
    'a runtime of ONNX scores with %s as we do, missing values and rows without a score included',
    async (_name, model) => {
      const [dir, file, csv] = [model.kind, `${model.kind}.onnx`, `${model.kind}.csv`].map((name) =>
        join(folder, name),
      );
      writeModelFolder(dir!, model as never);
      expect(await vitals(['model', 'export', dir!, '--out', file!])).toMatchObject({ code: 0 });

      const width = rowWidth(model);
      const rows = rowsOf(model);
      const lines = Array.from({ length: ROWS }, (_, row) =>
        [...rows.subarray(row * width, (row + 1) * width)].map((value) => (value === value ? value : '')).join(','),
      );
      writeFileSync(csv!, `${lines.join('\n')}\n`);
      const said = execFileSync(python, [SCORE, csv!, file!], { encoding: 'utf8' });
      const [id, scores] = JSON.parse(said) as [string, (number | null)[]];
      expect(id).toBe(model.id);
      const expected = [...model.score(rows, ROWS)];
      expect(scores.map((score) => score === null)).toEqual(expected.map(Number.isNaN));
      expect(expected.filter(Number.isNaN).length).toBeGreaterThan(20);
      const differences = expected.map((score, row) => (Number.isNaN(score) ? 0 : Math.abs(score - scores[row]!)));
      expect(Math.max(...differences)).toBeLessThan(1e-12);
    },
  );

  test('a forest is refused, and so is a file that cannot be written', async () => {
    const { id, files } = smallForest(1);
    writeModelFolder(join(folder, 'forest'), decodeModelFolder(files, id));
    const forest = await vitals(['model', 'export', join(folder, 'forest'), '--out', join(folder, 'f.onnx')]);
    expect(forest).toMatchObject({ code: 1, stderr: expect.stringMatching(/is a forest.*vitals model push/) });
    writeModelFolder(join(folder, 'network'), networkOf(1) as never);
    const nowhere = await vitals(['model', 'export', join(folder, 'network'), '--out', join(folder, 'no', 'f.onnx')]);
    expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringMatching(/--out: .*ENOENT/) });
  });
});
