import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { readTrainingTable } from '../../cli/model-tables/training-table.js';
import { trainForestOn } from '../../model/train.js';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../../shared/reference/anomaly');
const SEEDS = [1, 2, 3, 4, 5];

/** Mean AUC of published forests of 100 trees and 256 samples; what the seed leaves open. */
const EXPECTED: readonly [string, number, number][] = [
  ['breastw', 0.987, 0.015],
  ['thyroid', 0.978, 0.015],
  ['mammography', 0.86, 0.03],
  ['annthyroid', 0.82, 0.03],
  ['pima', 0.67, 0.03],
];

describe('against the reference', () => {
  for (const [name, auc, tolerance] of EXPECTED) {
    const file = join(FOLDER, `${name}.csv`);
    const run = existsSync(file) ? test : test.skip;
    run(`the mean AUC of five seeds on ${name} is ${auc} (needs ../shared/reference/anomaly/${name}.csv)`, async () => {
      const { data, features, labels, sha256 } = await readTrainingTable(file, null, 'label');
      const named = features.map((feature) => ({ name: feature, unit: null }));
      const options = { source: name, codeVersion: '0', dataSha256: sha256, labels: labels! };
      const aucs = SEEDS.map(
        (seed) => trainForestOn(data, named, { ...options, seed }).metrics.labelled_training_rows!.auc,
      );
      const mean = aucs.reduce((sum, value) => sum + value, 0) / aucs.length;
      expect(Math.abs(mean - auc)).toBeLessThan(tolerance);
    });
  }
});
