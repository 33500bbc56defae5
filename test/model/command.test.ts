import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import yargs from 'yargs';
import { modelCommand } from '../../cli/commands/model.js';
import { readModelFolder } from '../../cli/model-files.js';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'vitals-model-command-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Runs `vitals model …` and returns what it printed. */
async function model(...argv: string[]): Promise<{ out: string; err: string }> {
  const printed = { out: '', err: '' };
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.out += String(text);
    return true;
  });
  const err = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed.err += String(text);
    return true;
  });
  try {
    const fail = (message: string, error: Error | undefined): never => {
      throw error ?? new Error(message);
    };
    await yargs(['model', ...argv])
      .command(modelCommand)
      .strict()
      .exitProcess(false)
      .fail(fail)
      .parseAsync();
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
  return printed;
}

function file(name: string, text: string): string {
  const path = join(root, name);
  writeFileSync(path, text);
  return path;
}

/** 300 rows of two related columns and a text, the first three far out and labelled. */
function labelled(): string {
  const rows = Array.from({ length: 300 }, (_, i) => {
    const x = i < 3 ? 900 + i : i % 50;
    return `${x},bed ${i},${i < 3 ? -500 : (i % 50) / 2},${i < 3 ? 1 : 0}`;
  });
  return ['a,bed,b,sick', ...rows].join('\n') + '\n';
}

describe('vitals model train', () => {
  test('takes every numeric column but the label, says what it left out, and writes a folder', async () => {
    const data = file('labelled.csv', labelled());
    const out = join(root, 'all');
    const { out: json, err } = await model(
      'train',
      '--data',
      data,
      '--label',
      'sick',
      '--seed',
      '7',
      '--out',
      out,
      '--json',
    );
    const summary = JSON.parse(json) as Record<string, unknown>;
    const loaded = readModelFolder(out);
    expect(summary).toMatchObject({ id: loaded.id, features: ['a', 'b'], skipped: ['bed'] });
    expect(err).toContain('left out, not numeric: bed');
    expect(loaded.training).toMatchObject({ source: 'labelled.csv', rows: 300, seed: 7 });
    expect(loaded.metrics.labelled_training_rows!.auc).toBe(1);
    expect(readFileSync(join(out, 'model.json'), 'utf8')).not.toContain(root);
  });

  test('gives the same bytes for the same file and seed, with the label or without it a feature', async () => {
    const data = file('same.csv', labelled());
    const [one, two] = [join(root, 'one'), join(root, 'two')];
    for (const out of [one, two]) await model('train', '--data', data, '--label', 'sick', '--seed', '7', '--out', out);
    for (const name of ['model.json', 'weights.bin']) {
      expect(readFileSync(join(one, name)).equals(readFileSync(join(two, name)))).toBe(true);
    }
    const unlabelled = join(root, 'unlabelled');
    await model('train', '--data', data, '--features', 'a,b', '--seed', '7', '--out', unlabelled);
    expect(readModelFolder(unlabelled).id).toBe(readModelFolder(one).id);
  });

  test('reads quotes, CRLF, a byte order mark, blank lines, booleans and missing cells', async () => {
    const text = '\ufeff"heart, rate",oxygen,note\r\n"80",true,"a ""b""\nc"\r\n\r\n , FALSE,x\r\n82.5e0,,\r\nNA,true,y';
    const out = join(root, 'strange');
    await model('train', '--data', file('strange.csv', text), '--seed', '1', '--out', out);
    const loaded = readModelFolder(out);
    expect(loaded.features).toEqual([
      { name: 'heart, rate', unit: null, median: 81.25 },
      { name: 'oxygen', unit: null, median: 1 },
    ]);
    expect(loaded.training.rows).toBe(4);
  });

  test('takes units from the schema where a column is a vital', async () => {
    const out = join(root, 'units');
    await model('train', '--data', file('units.csv', 'temperature,f0\n36,1\n37,2\n'), '--seed', '1', '--out', out);
    expect(readModelFolder(out).features.map(({ unit }) => unit)).toEqual(['Cel', null]);
  });

  test.each<[string, string, string[], string]>([
    ['windows of nobody', 'a\n1\n2', ['--algorithm', 'lstm'], "--data: the file has no column 'patient_id'"],
    ['an algorithm that is not there', 'a\n1\n2', ['--algorithm', 'svm'], 'Invalid values'],
    [
      'a reading of nobody',
      'patient_id,event_time,a\np,2026-01-01T00:00:00Z,1\n,2026-01-01T00:01:00Z,2',
      ['--algorithm', 'lstm'],
      "line 3, column 'patient_id' is not a patient's id",
    ],
    [
      'a time without a zone',
      'patient_id,event_time,a\nsecret,2026-01-01T00:00:00,1',
      ['--algorithm', 'lstm'],
      "line 2, column 'event_time' is not a time",
    ],
    [
      'a feature that is no column',
      'a\n1\n2',
      ['--features', 'b'],
      "--features: the file has no column 'b'. Its columns are: a.",
    ],
    ['a label that is no column', 'a\n1\n2', ['--label', 'b'], "--label: the file has no column 'b'"],
    ['to train on the label', 'a,b\n1,0', ['--label', 'b', '--features', 'a,b'], "--features: 'b' is the label"],
    ['a named column with a text', 'a\n1\nsecret', ['--features', 'a'], "line 3, column 'a' is not a number"],
    ['a number beyond float64', 'a\n1\n1e999', ['--features', 'a'], "line 3, column 'a' is not a number"],
    ['a label that is not 0 or 1', 'a,b\n1,0\n2,', ['--label', 'b'], "line 3, column 'b' is not a label: 0 or 1"],
    ['a file of texts only', 'a\nx\ny', [], '--features: there is no feature to train on'],
    ['a file without rows', 'a\n', [], 'has no rows'],
    ['an empty file', '', [], 'is empty'],
    ['a short line', 'a,b\n1,2\n3', [], 'line 3 has 1 cells where the header has 2'],
    ['two columns of one name', 'a,a\n1,2', [], "column 2 of the header 'a' is named like another"],
    ['a quote that is never closed', 'a\n1\n"2\n3', [], 'line 3: a quote is not closed'],
    ['a quote within a field', 'a,b\n5" tall",1', [], 'line 2: a quote stands within a field'],
    ['bytes that are not UTF-8', 'a\n1\n\xff', [], 'UTF-8.csv is not UTF-8'],
    ['a seed that is no number', 'a\n1\n2', ['--seed', 'x'], '--seed: NaN'],
  ])('refuses %s', async (name, text, flags, message) => {
    const data = join(root, `${name}.csv`);
    writeFileSync(data, text, 'latin1');
    const out = join(root, `${name} model`);
    const seed = flags.includes('--seed') ? [] : ['--seed', '1'];
    const run = model('train', '--data', data, '--out', out, ...seed, ...flags);
    await expect(run).rejects.toThrow(message);
    await expect(run).rejects.not.toThrow('secret');
  });

  test('refuses a file that is not there', async () => {
    const run = model('train', '--data', join(root, 'no.csv'), '--seed', '1', '--out', join(root, 'no'));
    await expect(run).rejects.toThrow('--data: there is no file');
  });
});

describe('vitals model with the other algorithms', () => {
  /** A reading a minute of three patients; every fifth lacks its heart rate. */
  const series = (): string => {
    const rows = Array.from({ length: 90 }, (_, i) => {
      const time = new Date(Date.UTC(2026, 0, 1, 0, Math.floor(i / 3))).toISOString();
      return `p${i % 3},${time},${i % 5 === 0 ? '' : 70 + 5 * (i % 3) + (i % 4)},${120 + (i % 7)},${80 - (i % 3)},${i % 30 === 0 ? 1 : 0}`;
    });
    return ['patient_id,event_time,heart_rate,systolic_bp,diastolic_bp,sick', ...rows].join('\n') + '\n';
  };

  test.each([
    ['autoencoder', ['heart_rate', 'systolic_bp', 'shock_index', 'time_of_day'], 0],
    ['lstm', ['heart_rate', 'systolic_bp', 'diastolic_bp'], 3],
    ['forest', ['systolic_bp_slope_10m', 'systolic_bp_deviation_10m'], 6],
  ])('trains, evaluates and scores with %s', async (algorithm, features, unscored) => {
    const data = file(`${algorithm}.csv`, series());
    const out = join(root, `series-${algorithm}`);
    const named = algorithm === 'lstm' ? [] : ['--features', features.join(',')];
    const flags = ['--algorithm', algorithm, '--updates', '3', '--label', 'sick', '--out', out, '--json', ...named];
    const { out: json } = await model('train', '--data', data, ...flags);
    expect(JSON.parse(json)).toMatchObject({ features, skipped: [] });
    expect(readModelFolder(out).kind).toBe(algorithm);
    const { out: printed } = await model('score', '--model', out, '--data', data);
    const scores = printed.trim().split('\n').map(Number);
    expect(scores).toHaveLength(90);
    expect(scores.filter(Number.isNaN)).toHaveLength(unscored);
    const { out: figures } = await model('evaluate', '--model', out, '--data', data, '--label', 'sick', '--json');
    expect(JSON.parse(figures)).toMatchObject({ rows: 90 - unscored });
  });
});

describe('vitals model evaluate and score', () => {
  const folder = (): string => join(root, 'scored');
  const data = (): string => join(root, 'scored.csv');
  beforeAll(async () => {
    file('scored.csv', labelled());
    await model('train', '--data', data(), '--label', 'sick', '--seed', '7', '--out', folder());
  });

  test('evaluate prints the three figures as JSON', async () => {
    const { out } = await model('evaluate', '--model', folder(), '--data', data(), '--label', 'sick', '--json');
    expect(JSON.parse(out)).toEqual({ auc: 1, average_precision: 1, rows: 300 });
  });

  test('evaluate refuses a label of one kind, or of other values', async () => {
    const alike = file('alike.csv', 'a,b,sick\n1,1,0\n2,2,0\n');
    const run = model('evaluate', '--model', folder(), '--data', alike, '--label', 'sick');
    await expect(run).rejects.toThrow("--label: column 'sick' does not hold both 0 and 1");
    const other = model('evaluate', '--model', folder(), '--data', data(), '--label', 'a');
    await expect(other).rejects.toThrow("line 2, column 'a' is not a label");
  });

  test('score prints one score a row, as the model gives them, whatever other columns there are', async () => {
    const { out } = await model('score', '--model', folder(), '--data', data());
    const scores = out.trim().split('\n').map(Number);
    expect(scores).toHaveLength(300);
    expect(scores[0]).toBe(readModelFolder(folder()).score(Float64Array.from([900, -500]), 1)[0]);
    expect(Math.min(...scores.slice(0, 3))).toBeGreaterThan(Math.max(...scores.slice(3)));
  });

  test('score finds columns by name, takes missing cells for medians, and prints NaN where most are missing', async () => {
    const swapped = file('swapped.csv', 'b,a\n-500,900\n-500,\n,\n');
    const { out } = await model('score', '--model', folder(), '--data', swapped);
    const loaded = readModelFolder(folder());
    const expected = loaded.score(Float64Array.from([900, -500, NaN, -500, NaN, NaN]), 3);
    expect(out.trim().split('\n').map(Number)).toEqual([...expected]);
    expect(out.endsWith('\nNaN\n')).toBe(true);
  });

  test('score of a header alone prints nothing', async () => {
    expect((await model('score', '--model', folder(), '--data', file('none.csv', 'a,b\n'))).out).toBe('');
  });

  test('score refuses a file without one of the features, naming it', async () => {
    const run = model('score', '--model', folder(), '--data', file('less.csv', 'a\n1\n'));
    await expect(run).rejects.toThrow("--data: the file has no column 'b'");
  });

  test('score refuses a folder that is no model', async () => {
    await expect(model('score', '--model', root, '--data', data())).rejects.toThrow('--model: there is no model.json');
  });
});
