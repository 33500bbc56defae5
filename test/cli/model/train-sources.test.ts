import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { readModelFolder } from '../../../cli/model-files.js';
import { chosenLake } from '../../../cli/training/lake-argument.js';
import { runTrain, type TrainRequest } from '../../../cli/training/run-train.js';
import { simulatedSilver, writeSilverLake } from '../../support/silver-lake.js';
import { withFolder } from '../../support/vitals.js';

const REQUEST: Omit<TrainRequest, 'out'> = {
  ...{ data: undefined, lake: undefined, simulate: undefined, synthea: undefined, label: undefined },
  ...{ from: undefined, to: undefined, 'most-readings': 1_000_000, patients: 3, days: 1, interval: 1_800 },
  ...{ 'simulation-seed': 'test', features: undefined, algorithm: 'forest', seed: 1, holdout: undefined },
  ...{ trees: 10, 'sample-size': 64, 'missing-indicators': false, updates: 5, steps: 3, 'step-seconds': 1_800 },
  ...{ 'threshold-quantile': undefined, json: true },
};

const said = { out: '', err: '' };
beforeEach(() => {
  said.out = said.err = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((said.out += String(text)), true));
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((said.err += String(text)), true));
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** Two people of a made-up export. */
function synthea(folder: string): string {
  const files = {
    'patients.csv':
      'Id,BIRTHDATE,DEATHDATE,FIRST,LAST,GENDER\na1,1950-02-03,,Ada,Ash,F\nb2,1961-04-05,,Ben,Bay,M\nc3,1970-06-07,,Cy,Coe,M\n',
    'conditions.csv': 'START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION\n',
    'observations.csv':
      'DATE,PATIENT,ENCOUNTER,CODE,DESCRIPTION,VALUE,UNITS,TYPE\n2025-01-01T00:00:00Z,a1,,8867-4,Heart rate,88,/min,numeric\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('vitals model train', () => {
  test('on simulated history says that the same generator made training and test', async () => {
    await withFolder(async (folder) => {
      const out = join(folder, 'model');
      await runTrain({ ...REQUEST, simulate: 40, holdout: 0.2, out });
      const { training, metrics } = readModelFolder(out);
      const { split } = training;
      expect(training.source).toBe('simulated history: 40 patients, 1 days, every 1800 s, seed test');
      expect(training.generator).toBe('simulator');
      expect(split!.train.rows).toBe(training.rows);
      expect(split!.train.patients + split!.held_out.patients).toBe(40);
      expect(split!.train.rows + split!.held_out.rows + split!.neither_rows).toBe(40 * 48);
      expect(metrics.held_out!.scored).toBeLessThanOrEqual(split!.held_out.rows);
      expect(said.err).toMatch(
        /the same simulator made training and test: the figures say nothing about real patients/,
      );
      expect(said.err).toMatch(/tested on \d+ rows of \d+ other patients after it/);
      expect(JSON.parse(said.out)).toMatchObject({ training: { split, generator: 'simulator' } });
    });
  });

  test('on the same history gives the same bytes', async () => {
    await withFolder(async (folder) => {
      const [one, two] = [join(folder, 'one'), join(folder, 'two')];
      for (const out of [one, two]) await runTrain({ ...REQUEST, simulate: 5, out });
      for (const file of ['model.json', 'weights.bin']) {
        expect(readFileSync(join(one, file))).toEqual(readFileSync(join(two, file)));
      }
    });
  });

  test('on people of a Synthea export simulates their history', async () => {
    await withFolder(async (folder) => {
      const out = join(folder, 'model');
      await runTrain({ ...REQUEST, synthea: synthea(folder), out });
      const { training } = readModelFolder(out);
      expect(training.source).toMatch(/^simulated history: 3 people of a Synthea export/);
      expect(training.rows).toBe(3 * 48);
      expect(training.generator).toBe('simulator');
    });
  });

  test('on silver trains a model of windows too: it knows whose and when each reading is', async () => {
    await withFolder(async (folder) => {
      await writeSilverLake(folder, simulatedSilver({ patients: 30, hours: 24, intervalMs: 1_800_000 }));
      const out = join(folder, 'model');
      await runTrain({ ...REQUEST, lake: folder, algorithm: 'lstm', holdout: 0.2, out });
      const model = readModelFolder(out);
      expect(model.window).toEqual({ steps: 3, step_seconds: 1_800 });
      expect(model.training.generator).toBeUndefined();
      expect(model.training.source).toMatch(/^silver from /);
      expect(model.metrics.held_out!.scored).toBeGreaterThan(0);
      expect(said.err).not.toMatch(/simulator/);
    });
  });

  test('on a file splits by its patients and times, and never trains on the label', async () => {
    await withFolder(async (folder) => {
      const data = join(folder, 'readings.csv');
      const lines = Array.from({ length: 400 }, (_, i) => {
        const time = new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString();
        return `p${i % 20},${time},${60 + (i % 13)},${i % 10 === 0 ? 1 : 0}`;
      });
      writeFileSync(data, ['patient_id,event_time,heart_rate,sick', ...lines].join('\n'));
      const out = join(folder, 'model');
      await runTrain({ ...REQUEST, data, label: 'sick', holdout: 0.25, out });
      const { features, training, metrics } = readModelFolder(out);
      expect(features.map(({ name }) => name)).toEqual(['heart_rate']);
      expect(training).toMatchObject({ source: 'readings.csv', rows: training.split!.train.rows });
      expect(metrics.held_out!.labelled).not.toBeNull();
    });
  });

  test.each([
    [{}, /--data: what to train on is not said/],
    [{ data: 'a.csv', simulate: 5 }, /--data and --simulate are two sources/],
    [{ lake: 'lake', synthea: 'export' }, /--lake and --synthea are two sources/],
    [{ simulate: 5, label: 'sick' }, /--label: is a column of a file/],
    [{ simulate: 0 }, /--simulate/],
    [{ simulate: 5, days: 0 }, /--days/],
    [{ simulate: 5, holdout: 0.7 }, /--holdout/],
    [{ simulate: 5, features: 'heart_rate,shoe_size' }, /--features: 'shoe_size' is not part of a reading/],
    [{ lake: 'lake', from: 'yesterday' }, /--from/],
  ])('refuses %j', async (change, problem) => {
    await expect(runTrain({ ...REQUEST, ...change, out: 'unused' })).rejects.toThrow(problem);
  });

  test('takes no lake from the environment where another source is named', () => {
    const environment = { VITALS_LAKE: 'lake' };
    expect(chosenLake('lake', true, environment)).toBeUndefined();
    expect(chosenLake('lake', false, environment)).toBe('lake');
    expect(chosenLake('other', true, environment)).toBe('other');
    expect(chosenLake(undefined, false, {})).toBeUndefined();
  });
});
