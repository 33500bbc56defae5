import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DATA = join(ROOT, '../shared/reference/realdata');
const present = existsSync(join(DATA, 'physionet2012_vitals_500pts.csv'));
const suite = present ? describe : describe.skip;

interface Area {
  readonly input: string;
  readonly window: string;
  readonly summary: string;
  readonly bound: string;
  readonly auroc: number;
  readonly low: number;
  readonly high: number;
  readonly cases: number;
  readonly controls: number;
}
interface Outcomes {
  readonly values: number;
  readonly rejected: number;
  readonly removed: number;
  readonly flagged: number;
  readonly accepted: number;
  readonly why: readonly { readonly vital: string; readonly outcome: string; readonly count: number }[];
}
interface Study {
  readonly news2: {
    readonly stays: number;
    readonly deaths: number;
    readonly rows: number;
    readonly readings: number;
    readonly inputs: readonly { readonly input: string; readonly exact_percent: number; readonly mean_width: number }[];
    readonly auroc: readonly Area[];
    readonly same_stays: readonly (Omit<Area, 'input'> & { readonly score: string })[];
  };
  readonly out_of_range: { readonly alone: Outcomes; readonly in_row: Outcomes };
}

function run(...args: readonly string[]) {
  return spawnSync(process.execPath, [join(ROOT, 'bench/physionet.mjs'), ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
}

suite(`real intensive care${present ? '' : ' (../shared/reference/realdata is not there)'}`, () => {
  const page = readFileSync(join(ROOT, 'docs/scores.md'), 'utf8');
  const { news2, out_of_range }: Study = present ? JSON.parse(run('--data', DATA, '--json').stdout) : {};

  test('of 495 stays 150 are deaths, and no row is lost unaccounted', () => {
    expect(news2).toMatchObject({ stays: 495, deaths: 150, rows: 32_191, readings: 31_968 });
    expect(page).toMatch(/Of 32,191 rows 31,968 hold a reading/);
  });

  test('no NEWS2 there is exact, and the intervals say how far', () => {
    expect(news2.inputs.map(({ input, exact_percent, mean_width }) => [input, exact_percent, mean_width])).toEqual([
      ['carried', 0, 6.44],
      ['carried, no consciousness', 0, 9.17],
      ['alone', 0, 11.92],
    ]);
  });

  test.each([
    ['carried', 'first 48 h', 'mean', [0.678, 0.693, 0.688]],
    ['carried', 'first 48 h', 'max', [0.629, 0.654, 0.553]],
    ['carried', 'last 24 h', 'mean', [0.715, 0.731, 0.713]],
    ['carried', 'last 24 h', 'max', [0.678, 0.697, 0.669]],
    ['carried, no consciousness', 'last 24 h', 'mean', [0.677, 0.673, 0.625]],
    ['alone', 'last 24 h', 'mean', [0.674, 0.691, 0.674]],
  ])('NEWS2 %s, %s, %s tells deaths apart by low, middle and high bound as docs/scores.md has it', (...line) => {
    const [input, window, summary, areas] = line;
    const found = news2.auroc.filter(
      (each) => each.input === input && each.window === window && each.summary === summary,
    );
    expect(found.map(({ bound, auroc }) => [bound, auroc])).toEqual([
      ['low', areas[0]],
      ['mid', areas[1]],
      ['high', areas[2]],
    ]);
    const cells = found.map(({ auroc, low, high }) => `${auroc.toFixed(3)} (${low.toFixed(3)}-${high.toFixed(3)})`);
    expect(page).toContain(`| ${cells.join(' | ')} |`);
    expect(found.every(({ cases, controls }) => cases === 150 && controls === 345)).toBe(true);
  });

  test('the score of a stay is better than chance, and than the SAPS-I and SOFA that the set brings', () => {
    const [best] = news2.auroc.filter(
      (each) => each.window === 'last 24 h' && each.summary === 'mean' && each.bound === 'mid',
    );
    expect(best).toMatchObject({ low: 0.684, high: 0.777 });
    expect(news2.same_stays.map(({ score, auroc, low, high }) => [score, auroc, low, high])).toEqual([
      ['SAPS-I', 0.614, 0.561, 0.667],
      ['SOFA', 0.602, 0.548, 0.656],
    ]);
  });

  test('each of the 5,349 impossible values is rejected, removed, flagged or accepted, as docs/scores.md counts them', () => {
    const kinds = ['rejected', 'removed', 'flagged', 'accepted'] as const;
    const count = (vital: string, kind: string) =>
      out_of_range.alone.why
        .filter((each) => each.vital === vital && each.outcome === kind)
        .reduce((sum, each) => sum + each.count, 0);
    const lines = {
      heart_rate: [0, 0, 25, 12],
      respiratory_rate: [0, 0, 113, 19],
      spo2: [0, 0, 2, 16],
      systolic_bp: [61, 0, 1_719, 46],
      diastolic_bp: [435, 224, 1_553, 71],
      mean_bp: [209, 0, 138, 478],
      temperature: [219, 0, 0, 9],
    };
    for (const [vital, wanted] of Object.entries(lines)) {
      expect([vital, kinds.map((kind) => count(vital, kind))]).toEqual([vital, wanted]);
      const cells = [wanted.reduce((sum, each) => sum + each), ...wanted].map((each) => each.toLocaleString('en-US'));
      expect(page.replace(/ +/g, ' ')).toContain(`| ${vital} | ${cells.join(' | ')} |`);
    }
    expect(out_of_range.alone).toMatchObject({
      values: 5_349,
      rejected: 924,
      removed: 224,
      flagged: 3_550,
      accepted: 651,
    });
  });

  test('and beside the rest of their row 330 of them are judged again', () => {
    expect(out_of_range.in_row).toMatchObject({ values: 330, rejected: 28, removed: 0, flagged: 232, accepted: 70 });
    expect(page).toMatch(/330 .*\n?.*28 rejected, 232 flagged, 70 accepted/);
  });
});

describe('bench/physionet.mjs', () => {
  test('says which file is missing, and how to name the folder', () => {
    const { status, stderr } = run('--data', join(ROOT, 'no-such-folder'));
    expect(status).toBe(2);
    expect(stderr).toMatch(/physionet2012_vitals_500pts\.csv; name the folder that has it with --data FOLDER/);
  });
});
