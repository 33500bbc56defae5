import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

import { PLOTS } from '../../../simulator/realism/markdown.js';
import { ticks } from '../../../simulator/realism/plots/panel.js';
import { realism, REALISM_TARGETS } from '../../../simulator/realism/realism.js';
import { reportJson } from '../../../simulator/realism/report-json.js';
import { cellsOf, reportLines } from '../../../simulator/realism/table-text.js';
import { writeReport } from '../../../simulator/realism/write-report.js';

/** The bands are made for 500 patients, and here so few are cheap enough for every commit. */
const coupled = realism({ patients: 500, seed: '42', model: 'coupled' });
const independent = realism({ patients: 200, seed: '42', model: 'independent' });

const missed = (report: typeof coupled): string[] =>
  report.rows.filter((row) => !row.ok).map(({ target, measured }) => `${target.profile} ${target.name}: ${measured}`);

describe('realism', () => {
  test('of 500 patients over 48 hours every target is inside its band, in intensive care and on the wards', () => {
    expect(missed(coupled)).toEqual([]);
    expect(coupled.ok).toBe(true);
  });

  test('independent draws with the same means and SDs fail: nothing is remembered and nothing goes together', () => {
    const failed = independent.rows.filter((row) => !row.ok).map((row) => row.target.statistic);
    expect(independent.ok).toBe(false);
    expect(failed.length).toBeGreaterThan(40);
    for (const statistic of ['autocorrelation', 'correlation_within', 'between_sd', 'slope', 'sleep_dip'] as const) {
      expect(failed).toContain(statistic);
    }
    const kept = independent.rows.filter(({ target }) => target.profile === 'icu' && target.statistic === 'sd');
    expect(kept.filter((row) => !row.ok)).toEqual([]);
  });

  test('every target has a band that is open, a published figure in or beside it, and a source', () => {
    const names = REALISM_TARGETS.map(({ profile, name }) => `${profile} ${name}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { low, high, reference, source } of REALISM_TARGETS) {
      expect(low).toBeLessThanOrEqual(high);
      const published = reference.split(' to ').map(Number);
      expect(published.every((value) => value >= low - 1e-9 && value <= high + 1e-9)).toBe(true);
      expect(source).not.toBe('');
    }
  });

  test('the table and the JSON say the same, target by target', () => {
    const lines = reportLines(independent);
    const json = reportJson(independent);
    expect(lines).toHaveLength(REALISM_TARGETS.length + 3);
    expect(lines.filter((line) => line.endsWith('MISSED')).length).toBe(json.targets - json.met);
    expect(lines.at(-1)).toContain(`${json.met} of ${json.targets} targets met: 200 patients`);
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });

  test('the report is Markdown with plots beside it, the same bytes each time, and well-formed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'realism-'));
    try {
      const files = await writeReport(join(folder, 'a'), independent);
      await writeReport(join(folder, 'b'), independent);
      expect(readdirSync(join(folder, 'a')).sort()).toEqual([...files].sort());
      const text = (name: string, run = 'a'): string => readFileSync(join(folder, run, name), 'utf8');
      for (const name of files) expect(text(name, 'b')).toBe(text(name));
      for (const plot of Object.keys(PLOTS)) {
        expect(text('report.md')).toContain(`(${plot})`);
        expect(text(plot)).toMatch(/^<svg [^>]*role="img"[^>]*>\n<title id="title">/);
        expect(text(plot)).not.toMatch(/NaN|Infinity|undefined/);
        expect(elementsLeftOpen(text(plot))).toEqual([]);
      }
      for (const { name } of REALISM_TARGETS) expect(text('report.md')).toContain(name);
      writeFileSync(join(folder, 'file'), '');
      await expect(writeReport(join(folder, 'file', 'below'), coupled)).rejects.toThrow(/^--out: cannot write/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('docs/realism.md holds the bands, and the figures of this seed to a hundredth of a band', () => {
    const text = readFileSync(new URL('../../../docs/realism.md', import.meta.url), 'utf8');
    const figures = new Map(
      text
        .split('\n')
        .filter((line) => /^\| (icu|ward) /.test(line))
        .map((line) => line.split('|').map((cell) => cell.trim()))
        .map((cells) => [cells.slice(1, 5).join(' | '), Number(cells[5])]),
    );
    const stale = coupled.rows.filter((row) => {
      const { low, high } = row.target;
      const documented = figures.get(cellsOf(row).slice(0, 4).join(' | ')) ?? Number.NaN;
      return !(Math.abs(documented - row.measured) <= 0.01 * (high - low) + 0.006);
    });
    expect(stale.map((row) => `${row.target.name}: ${row.measured}`)).toEqual([]);
    expect(figures.size).toBe(REALISM_TARGETS.length);
  });

  test('ticks are round and within the range', () => {
    expect(ticks([0, 24])).toEqual([0, 5, 10, 15, 20]);
    expect(ticks([-0.4, 1])).toEqual([0, 0.5, 1]);
    expect(ticks([36.4, 37.1])).toEqual([36.4, 36.6, 36.8, 37]);
  });

  const folder = new URL('../../../../shared/reference/physiology/', import.meta.url);
  (existsSync(folder) ? test : test.skip)('the figures asked for are those of the reference data', () => {
    const rowsOf = (file: string): Record<string, string>[] => {
      const [head, ...lines] = readFileSync(new URL(file, folder), 'utf8').trim().split(/\r?\n/);
      const names = (head as string).split(',');
      return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at], cell])));
    };
    const vitals = {
      HR: 'heart_rate',
      RR: 'respiratory_rate',
      Temp: 'temperature',
      SBP: 'systolic_bp',
      DBP: 'diastolic_bp',
    };
    const target = (statistic: string, vital: string, more: object = {}): number =>
      Number(REALISM_TARGETS.find((each) => matches(each, { profile: 'icu', statistic, vital, ...more }))?.reference);
    const distribution = {
      HR: 'HR',
      RespRate: 'RR',
      Temp: 'Temp',
      'SBP non-invasive': 'SBP',
      'DBP non-invasive': 'DBP',
    };
    let compared = 0;
    const same = (value: string | undefined, asked: number): void => {
      expect(asked).toBe(Number(value));
      compared++;
    };
    for (const row of rowsOf('physionet2012_reference_distributions.csv')) {
      const short = distribution[row['param'] as keyof typeof distribution];
      if (short === undefined) continue;
      const vital = vitals[short as keyof typeof vitals];
      same(row['mean'], target('mean', vital));
      same(row['sd'], target('sd', vital));
      same(row['between_patient_sd'], target('between_sd', vital));
      same(row['within_patient_sd_median'], target('within_sd', vital));
      for (const share of [1, 5, 25, 50, 75, 95, 99]) {
        same(row[`p${share}`], target('quantile', vital, { parameter: share / 100 }));
      }
    }
    for (const row of rowsOf('physionet2012_autocorrelation.csv')) {
      const vital = vitals[row['vital'] as keyof typeof vitals];
      for (const parameter of [1, 2, 4, 8])
        same(row[`within_lag${parameter}h`], target('autocorrelation', vital, { parameter }));
      same(row['hourly_step_sd'], target('step_sd', vital));
    }
    for (const row of rowsOf('physionet2012_cross_correlation.csv')) {
      const [vital, other] = [vitals[row['a'] as keyof typeof vitals], vitals[row['b'] as keyof typeof vitals]];
      same(row['within_patient_r'], target('correlation_within', vital, { other }));
      same(row['pooled_r'], target('correlation_pooled', vital, { other }));
      same(row['between_patient_r'], target('correlation_between', vital, { other }));
    }
    expect(compared).toBe(5 * 11 + 5 * 5 + 10 * 3);
  });
});

function matches(target: object, wanted: object): boolean {
  return Object.entries(wanted).every(([key, value]) => (target as Record<string, unknown>)[key] === value);
}

/** Names of elements that are not closed in order. */
function elementsLeftOpen(svg: string): string[] {
  const open: string[] = [];
  for (const [, end, name, empty] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
    if (end === '/' && open.at(-1) === name) open.pop();
    else if (empty !== '/') open.push(name as string);
  }
  return open;
}
